/** What the fake provider is told to answer, one reply per request. */

/** Tokens to report. */
export interface ReplyUsage {
  /** Cached ones included. */
  readonly input: number;
  readonly cached?: number;
  readonly output: number;
}

/** Default usage of a reply. */
export const REPLY_USAGE: ReplyUsage = { input: 100, output: 20 };

interface Answer {
  /** `null`: the provider says nothing about it. */
  readonly usage?: ReplyUsage | null;
  /** `length`: cut at the limit of output tokens; `content_filter`: held back. Default: as the answer is. */
  readonly finish?: "stop" | "length" | "content_filter";
  /** The model that is reported; default: the one that was asked for. */
  readonly model?: string;
  /** Before each piece of a stream, from 0 on: resolves when it may be sent. */
  readonly pace?: (piece: number) => Promise<unknown>;
}

/** A call of a tool that the model wishes for. */
export interface ToolWish {
  readonly name: string;
  /** A text is sent as it is, though it be no JSON. */
  readonly arguments: unknown;
  readonly id?: string;
}

/** A reply that is a whole answer. */
export type WholeReply =
  | (Answer & { readonly kind: "text"; readonly text: string })
  /** The text is the JSON of `value`. */
  | (Answer & { readonly kind: "json"; readonly value: unknown })
  | (Answer & { readonly kind: "refusal"; readonly text: string })
  | (Answer & { readonly kind: "tools"; readonly calls: readonly ToolWish[]; readonly text?: string });

/** One scripted reply. */
export type Reply =
  | WholeReply
  /** A problem in the protocol's own form. */
  | {
      readonly kind: "error";
      readonly status: number;
      readonly message?: string;
      readonly code?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** It fails while it answers, and says so: in the stream after some text, else with status 500. */
  | { readonly kind: "breakdown"; readonly message: string; readonly usage?: ReplyUsage | null }
  /** The connection breaks: before any byte of the answer, or in the middle of its body. */
  | { readonly kind: "reset"; readonly at: "start" | "middle" }
  /** The body ends in its middle, and the connection as it should. */
  | { readonly kind: "cut" }
  /** Half of the answer comes, and the rest when `until` settles. */
  | { readonly kind: "stall"; readonly until: Promise<unknown> }
  /** Any body, status 200 unless told otherwise: broken JSON, nothing at all, a page of a proxy. */
  | { readonly kind: "raw"; readonly body: string; readonly status?: number; readonly contentType?: string }
  /** A good answer under the name of something else. */
  | { readonly kind: "mislabeled"; readonly reply: WholeReply; readonly contentType: string }
  /** Nothing is answered until `until` settles; then `reply`. */
  | { readonly kind: "slow"; readonly until: Promise<unknown>; readonly reply: Reply };

/** What is told of the tokens, if anything. */
export function usageOf(reply: { readonly usage?: ReplyUsage | null }): ReplyUsage | undefined {
  return reply.usage === null ? undefined : (reply.usage ?? REPLY_USAGE);
}

/** What the model says. */
export function textOf(reply: WholeReply): string {
  return reply.kind === "json" ? JSON.stringify(reply.value) : (reply.text ?? "");
}

/** The tools that it calls, with the arguments as they are sent. */
export function wishesOf(reply: WholeReply): readonly { name: string; arguments: string; id: string }[] {
  if (reply.kind !== "tools") return [];
  return reply.calls.map(({ name, arguments: given, id }, index) => ({
    name,
    arguments: typeof given === "string" ? given : JSON.stringify(given),
    id: id ?? `call_${index + 1}`,
  }));
}
