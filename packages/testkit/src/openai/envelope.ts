/** Answers in the form of the two protocols, whole. */
import type { Protocol } from "./ledger.ts";
import { textOf, usageOf, wishesOf, type ReplyUsage, type WholeReply } from "./reply.ts";

/** Of the answer: as whom, and which number it has. */
export interface Sender {
  readonly protocol: Protocol;
  readonly model: string;
  readonly number: number;
}

/** The body of a successful answer. */
export function envelope(sender: Sender, reply: WholeReply): object {
  return sender.protocol === "chat" ? chatBody(sender, reply) : responsesBody(sender, reply);
}

function chatBody({ model, number }: Sender, reply: WholeReply): object {
  const refused = reply.kind === "refusal";
  const text = textOf(reply);
  const calls = chatCalls(reply);
  return {
    id: `chatcmpl-${number}`,
    object: "chat.completion",
    created: 1_700_000_000,
    model,
    choices: [
      {
        index: 0,
        message: {
          role: "assistant",
          content: refused ? null : text,
          refusal: refused ? text : null,
          ...(calls.length > 0 && { tool_calls: calls }),
        },
        finish_reason: chatFinish(reply),
      },
    ],
    ...chatUsage(usageOf(reply)),
  };
}

/** Calls of tools, as chat messages have them. */
export function chatCalls(reply: WholeReply): readonly object[] {
  return wishesOf(reply).map(({ id, name, arguments: given }, index) => ({
    index,
    id,
    type: "function",
    function: { name, arguments: given },
  }));
}

/** Why the answer ends. */
export function chatFinish(reply: WholeReply): string {
  return reply.finish ?? (reply.kind === "tools" && reply.calls.length > 0 ? "tool_calls" : "stop");
}

/** Nothing where nothing is told. */
export function chatUsage(usage: ReplyUsage | undefined): { readonly usage?: object } {
  if (usage === undefined) return {};
  const { input, output, cached = 0 } = usage;
  return {
    usage: {
      prompt_tokens: input,
      completion_tokens: output,
      total_tokens: input + output,
      prompt_tokens_details: { cached_tokens: cached },
    },
  };
}

function responsesBody({ model, number }: Sender, reply: WholeReply): object {
  return {
    id: `resp_${number}`,
    object: "response",
    created_at: 1_700_000_000,
    error: null,
    model,
    output: responsesItems(reply, number),
    ...responsesEnd(reply),
  };
}

/** The message, and the calls of tools. */
export function responsesItems(reply: WholeReply, number: number): readonly object[] {
  const text = textOf(reply);
  const content = reply.kind === "refusal" ? { type: "refusal", refusal: text } : { type: "output_text", text };
  const message = {
    id: `msg_${number}`,
    type: "message",
    role: "assistant",
    status: "completed",
    content: [{ ...content, annotations: [] }],
  };
  const calls = wishesOf(reply).map(({ id, name, arguments: given }) => ({
    id: `fc_${id}`,
    type: "function_call",
    call_id: id,
    name,
    arguments: given,
    status: "completed",
  }));
  return reply.kind === "tools" && text === "" ? calls : [message, ...calls];
}

/** How the response ended. */
export function responsesEnd(reply: WholeReply): object {
  const { finish = "stop" } = reply;
  const reason = finish === "length" ? "max_output_tokens" : finish;
  return {
    status: finish === "stop" ? "completed" : "incomplete",
    incomplete_details: finish === "stop" ? null : { reason },
    ...responsesUsage(usageOf(reply)),
  };
}

/** Nothing where nothing is told. */
export function responsesUsage(usage: ReplyUsage | undefined): { readonly usage?: object } {
  if (usage === undefined) return {};
  const { input, output, cached = 0 } = usage;
  return {
    usage: {
      input_tokens: input,
      output_tokens: output,
      total_tokens: input + output,
      input_tokens_details: { cached_tokens: cached },
    },
  };
}
