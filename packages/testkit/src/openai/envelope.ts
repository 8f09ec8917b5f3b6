/** Answers in the form of the two protocols. */
import type { Protocol } from "./ledger.ts";
import { REPLY_USAGE, type Reply } from "./reply.ts";

/** A reply that is a whole answer. */
export type WholeReply = Extract<Reply, { readonly kind: "text" | "json" | "refusal" }>;

/** The body of a successful answer. */
export function envelope(protocol: Protocol, reply: WholeReply, askedModel: string, number: number): object {
  const text = reply.kind === "json" ? JSON.stringify(reply.value) : reply.text;
  const model = reply.model ?? askedModel;
  return protocol === "chat" ? chatBody(reply, text, model, number) : responsesBody(reply, text, model, number);
}

function chatBody(reply: WholeReply, text: string, model: string, number: number): object {
  const { input, output } = reply.usage ?? REPLY_USAGE;
  const refused = reply.kind === "refusal";
  return {
    id: `chatcmpl-${number}`,
    object: "chat.completion",
    created: 1_700_000_000,
    model,
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: refused ? null : text, refusal: refused ? text : null },
        finish_reason: reply.finish ?? "stop",
      },
    ],
    usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
  };
}

function responsesBody(reply: WholeReply, text: string, model: string, number: number): object {
  const { input, output } = reply.usage ?? REPLY_USAGE;
  const cut = reply.finish === "length";
  return {
    id: `resp_${number}`,
    object: "response",
    created_at: 1_700_000_000,
    status: cut ? "incomplete" : "completed",
    incomplete_details: cut ? { reason: "max_output_tokens" } : null,
    error: null,
    model,
    output: [
      {
        id: `msg_${number}`,
        type: "message",
        role: "assistant",
        status: "completed",
        content: [
          reply.kind === "refusal"
            ? { type: "refusal", refusal: text }
            : { type: "output_text", text, annotations: [] },
        ],
      },
    ],
    usage: { input_tokens: input, output_tokens: output, total_tokens: input + output },
  };
}
