/** What the fake provider is told to answer, one reply per request. */

/** Tokens to report; what is left out is reported as given here. */
export interface ReplyUsage {
  readonly input: number;
  readonly output: number;
}

/** Default usage of a reply. */
export const REPLY_USAGE: ReplyUsage = { input: 100, output: 20 };

interface Answer {
  readonly usage?: ReplyUsage;
  /** `length`: cut at the limit of output tokens. Default: `stop`. */
  readonly finish?: "stop" | "length";
  /** The model that is reported; default: the one that was asked for. */
  readonly model?: string;
}

/** One scripted reply. */
export type Reply =
  | (Answer & { readonly kind: "text"; readonly text: string })
  /** The text is the JSON of `value`. */
  | (Answer & { readonly kind: "json"; readonly value: unknown })
  | (Answer & { readonly kind: "refusal"; readonly text: string })
  /** A problem in the protocol's own form. */
  | {
      readonly kind: "error";
      readonly status: number;
      readonly message?: string;
      readonly code?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The connection breaks: before any byte of the answer, or in the middle of its body. */
  | { readonly kind: "reset"; readonly at: "start" | "middle" }
  /** Any body, status 200 unless told otherwise: broken JSON, nothing at all, a page of a proxy. */
  | { readonly kind: "raw"; readonly body: string; readonly status?: number; readonly contentType?: string }
  /** Nothing is answered until `until` settles; then `reply`. */
  | { readonly kind: "slow"; readonly until: Promise<unknown>; readonly reply: Reply };
