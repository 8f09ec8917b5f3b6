/** The same answers as streams: the events of the two protocols, in their order. */
import {
  chatCalls,
  chatFinish,
  chatUsage,
  responsesEnd,
  responsesItems,
  responsesUsage,
  type Sender,
} from "./envelope.ts";
import { textOf, usageOf, type ReplyUsage, type WholeReply } from "./reply.ts";

/** Events as they go over the wire. `pieces`: where the text begins among them, and how many of them are text. */
export interface Frames {
  readonly before: readonly string[];
  readonly text: readonly string[];
  readonly after: readonly string[];
}

/** Letters of a piece, so that a short answer has several. */
const PIECE = 12;
/** Nobody wants a megabyte in pieces of twelve. */
const MOST_PIECES = 200;

export function frames(sender: Sender, reply: WholeReply): Frames {
  return sender.protocol === "chat" ? chatFrames(sender, reply) : responsesFrames(sender, reply);
}

/** The end of a stream that failed after some text. */
export function breakdownFrames(sender: Sender, message: string, usage: ReplyUsage | undefined): readonly string[] {
  if (sender.protocol === "chat") {
    return [
      ...(usage === undefined ? [] : [data({ ...chatHead(sender), choices: [], ...chatUsage(usage) })]),
      data({ error: { message, type: "server_error", param: null, code: null } }),
    ];
  }
  const response = { error: { code: "server_error", message }, incomplete_details: null, ...responsesUsage(usage) };
  return [event("response.failed", { response })];
}

function chatFrames(sender: Sender, reply: WholeReply): Frames {
  const head = chatHead(sender);
  const delta = (given: object, finish: string | null = null): string =>
    data({ ...head, choices: [{ index: 0, delta: given, finish_reason: finish }] });
  const usage = chatUsage(usageOf(reply));
  const calls = chatCalls(reply);
  return {
    before: [delta({ role: "assistant", content: reply.kind === "refusal" ? null : "" })],
    text: pieces(textOf(reply)).map((piece) =>
      delta(reply.kind === "refusal" ? { refusal: piece } : { content: piece }),
    ),
    after: [
      ...calls.map((call) => delta({ tool_calls: [call] })),
      delta({}, chatFinish(reply)),
      ...(usage.usage === undefined ? [] : [data({ ...head, choices: [], ...usage })]),
      "data: [DONE]\n\n",
    ],
  };
}

function chatHead({ model, number }: Sender): object {
  return { id: `chatcmpl-${number}`, object: "chat.completion.chunk", created: 1_700_000_000, model };
}

function responsesFrames(sender: Sender, reply: WholeReply): Frames {
  const { model, number } = sender;
  const head = { id: `resp_${number}`, object: "response", created_at: 1_700_000_000, model };
  const items = responsesItems(reply, number).map((item, index) => ({ output_index: index, item }));
  const message = items.filter(({ item }) => "content" in item);
  const calls = items.filter(({ item }) => !("content" in item));
  const of = { item_id: `msg_${number}`, output_index: 0, content_index: 0 };
  const kind = reply.kind === "refusal" ? "response.refusal.delta" : "response.output_text.delta";
  const end = responsesEnd(reply);
  return {
    before: [
      event("response.created", { response: { ...head, status: "in_progress" } }),
      ...message.map((item) => event("response.output_item.added", item)),
    ],
    text: message.length === 0 ? [] : pieces(textOf(reply)).map((piece) => event(kind, { ...of, delta: piece })),
    after: [
      ...message.map((item) => event("response.output_item.done", item)),
      ...calls.flatMap((item) => [event("response.output_item.added", item), event("response.output_item.done", item)]),
      event(`response.${"status" in end && end.status === "incomplete" ? "incomplete" : "completed"}`, {
        response: { ...head, ...end },
      }),
    ],
  };
}

function pieces(text: string): readonly string[] {
  const size = Math.max(PIECE, Math.ceil(text.length / MOST_PIECES));
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
}

function data(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

function event(type: string, rest: object): string {
  return `event: ${type}\n${data({ type, sequence_number: 0, ...rest })}`;
}
