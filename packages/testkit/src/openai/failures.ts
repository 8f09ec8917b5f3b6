/**
 * How providers fail, as data: what is scripted, and how a step of a flow ends that meets it. The tests play each; the
 * documentation has the same table.
 */
import type { LedgerEntry } from "./ledger.ts";
import type { Reply } from "./reply.ts";

/** How the step ends that meets the failure. */
export type FailureEnd =
  /** It fails in a way that passes: tried again after as long as the provider asks for, else by the node's policy. */
  | { readonly as: "retried"; readonly code: string; readonly afterMs?: number }
  /** It fails for good. */
  | { readonly as: "failed"; readonly code: string }
  /** A person decides: trying again by itself would only repeat it. */
  | { readonly as: "incident"; readonly code: string }
  /** The model mends its answer in the turn after it. */
  | { readonly as: "repaired" }
  /** It is taken for what it is. */
  | { readonly as: "answered" };

/** What a scripted reply may need. */
export interface Circumstances {
  /** Milliseconds since the epoch, for dates. */
  readonly now: number;
  /** Does not settle while the test goes on. */
  readonly never: Promise<unknown>;
}

export interface ProviderFailure {
  readonly id: string;
  /** A few words. */
  readonly what: string;
  /** What the step asks for. */
  readonly asks: "text" | "object" | "agent";
  /** Given one after the other, the last one again and again if it is `endless`; then come good answers. */
  readonly replies: (circumstances: Circumstances) => readonly Reply[];
  readonly endless?: true;
  /** How long the step waits, where the failure is slowness: its `limits`. */
  readonly limits?: { readonly first: string; readonly between: string };
  readonly end: FailureEnd;
  /**
   * What a call counts as whose tokens nobody told: the most that it can have taken, because it broke off; or what its
   * answer can be guessed to have taken. Absent: what the provider told, or nothing where it refused.
   */
  readonly counts?: "most" | "guess";
}

/** What is asked for with `object`, and a good answer. */
export const VERDICT_SCHEMA = {
  type: "object",
  properties: { isEligible: { type: "boolean" }, verdict: { enum: ["pay", "refuse"] } },
  required: ["isEligible", "verdict"],
  additionalProperties: false,
};
export const VERDICT = { isEligible: true, verdict: "pay" };

const PATIENCE = { first: "500ms", between: "500ms" };

const page = "<!doctype html><html><body>The gateway has no answer.</body></html>";
const retried = (code: string, afterMs?: number): FailureEnd => ({
  as: "retried",
  code,
  ...(afterMs !== undefined && { afterMs }),
});
const failed = (code: string): FailureEnd => ({ as: "failed", code });
const incident = (code: string): FailureEnd => ({ as: "incident", code });
const repaired: FailureEnd = { as: "repaired" };
const answered: FailureEnd = { as: "answered" };

const status = (
  id: string,
  what: string,
  error: Omit<Extract<Reply, { kind: "error" }>, "kind">,
  end: FailureEnd,
): ProviderFailure => ({ id, what, asks: "text", replies: () => [{ kind: "error", ...error }], end });

const text = (id: string, what: string, reply: Reply, end: FailureEnd): ProviderFailure => ({
  id,
  what,
  asks: "text",
  replies: () => [reply],
  end,
});

/** Nothing is told of its tokens. */
const untold = (counts: "most" | "guess", failure: ProviderFailure): ProviderFailure => ({ ...failure, counts });

const object = (id: string, what: string, replies: readonly Reply[], end: FailureEnd): ProviderFailure => ({
  id,
  what,
  asks: "object",
  replies: () => replies,
  end,
});

const LOOP: Reply = { kind: "tools", calls: [{ name: "look_up_order", arguments: { order: "ORD-1" } }] };

export const PROVIDER_FAILURES: readonly ProviderFailure[] = [
  status(
    "rate_limit_seconds",
    "429, Retry-After: 5",
    { status: 429, headers: { "retry-after": "5" } },
    retried("ai_rate_limited", 5_000),
  ),
  status(
    "rate_limit_minutes",
    "429, Retry-After: 120",
    { status: 429, headers: { "retry-after": "120" } },
    retried("ai_rate_limited", 120_000),
  ),
  {
    id: "rate_limit_date",
    what: "429, Retry-After as a date",
    asks: "text",
    replies: ({ now }) => [
      { kind: "error", status: 429, headers: { "retry-after": new Date(now + 90_000).toUTCString() } },
    ],
    end: retried("ai_rate_limited", 90_000),
  },
  status(
    "rate_limit_exact",
    "429, retry-after-ms: 250",
    { status: 429, headers: { "retry-after-ms": "250" } },
    retried("ai_rate_limited", 250),
  ),
  status("server_error", "500", { status: 500 }, retried("ai_unavailable")),
  status(
    "overloaded",
    "503, Retry-After: 3",
    { status: 503, headers: { "retry-after": "3" } },
    retried("ai_unavailable", 3_000),
  ),
  status("request_timeout", "408", { status: 408 }, retried("ai_http_408")),
  status("wrong_key", "401", { status: 401, code: "invalid_api_key" }, failed("ai_unauthorized")),
  status("no_right", "403", { status: 403 }, failed("ai_unauthorized")),
  status(
    "context_too_long",
    "400, the prompt is too long",
    { status: 400, code: "context_length_exceeded" },
    failed("ai_http_400"),
  ),
  status("unknown_model", "404, no such model", { status: 404, code: "model_not_found" }, failed("ai_http_404")),
  text(
    "proxy_error",
    "502 with a proxy's page",
    { kind: "raw", status: 502, body: page, contentType: "text/html" },
    retried("ai_unavailable"),
  ),
  untold(
    "most",
    text(
      "proxy_page",
      "200 with a proxy's page",
      { kind: "raw", body: page, contentType: "text/html" },
      retried("ai_answer_broken"),
    ),
  ),
  text(
    "wrong_content_type",
    "A good answer under a wrong content type",
    { kind: "mislabeled", contentType: "text/plain", reply: { kind: "text", text: "Fine." } },
    answered,
  ),
  untold(
    "most",
    text(
      "reset_at_start",
      "The connection breaks before the first byte",
      { kind: "reset", at: "start" },
      retried("ai_unreachable"),
    ),
  ),
  untold(
    "most",
    text(
      "reset_in_middle",
      "The connection breaks in the middle",
      { kind: "reset", at: "middle" },
      retried("ai_unreachable"),
    ),
  ),
  untold(
    "most",
    text("ends_in_middle", "The stream ends without an end", { kind: "cut" }, retried("ai_answer_broken")),
  ),
  text(
    "breaks_down",
    "The stream ends with an error",
    { kind: "breakdown", message: "The engine stopped.", usage: { input: 100, output: 7 } },
    retried("ai_unavailable"),
  ),
  {
    id: "slow_first_byte",
    what: "No first byte",
    asks: "text",
    limits: PATIENCE,
    replies: ({ never }) => [{ kind: "slow", until: never, reply: { kind: "text", text: "Late." } }],
    end: retried("ai_too_slow"),
    counts: "most",
  },
  {
    id: "stall_in_middle",
    what: "The stream stops in its middle",
    asks: "text",
    limits: PATIENCE,
    replies: ({ never }) => [{ kind: "stall", until: never }],
    end: retried("ai_too_slow"),
    counts: "most",
  },
  text("empty_answer", "An empty answer", { kind: "text", text: "" }, retried("ai_answer_empty")),
  untold("most", text("no_answer", "An empty body", { kind: "raw", body: "" }, retried("ai_answer_broken"))),
  text("huge_answer", "An answer of 1 MB", { kind: "text", text: "x".repeat(1024 * 1024) }, answered),
  untold(
    "most",
    text(
      "endless_answer",
      "An answer of more than 8 MB",
      { kind: "text", text: "x".repeat(9 * 1024 * 1024), usage: null },
      incident("ai_answer_too_large"),
    ),
  ),
  text("refusal", "The model refuses", { kind: "refusal", text: "I can't help with that." }, failed("ai_refused")),
  text(
    "content_filter",
    "A filter holds the answer back",
    { kind: "text", text: "No", finish: "content_filter" },
    failed("ai_refused"),
  ),
  text(
    "too_long",
    "The answer reaches its longest",
    { kind: "text", text: "And then", finish: "length" },
    incident("ai_answer_cut"),
  ),
  untold(
    "guess",
    text("no_usage", "Nothing is said about tokens", { kind: "text", text: "Fine.", usage: null }, answered),
  ),
  untold(
    "most",
    text(
      "usage_no_number",
      "NaN for a number of tokens",
      { kind: "raw", body: '{"id":"x","choices":[],"usage":{"prompt_tokens":NaN}}' },
      retried("ai_answer_broken"),
    ),
  ),
  text(
    "unknown_tool",
    "A tool that nobody offered",
    { kind: "tools", calls: [{ name: "launch", arguments: {} }] },
    retried("ai_answer_empty"),
  ),
  object("truncated_json", "JSON that is cut", [{ kind: "text", text: '{"isEligible": true, "verd' }], repaired),
  object("no_json", "Words instead of JSON", [{ kind: "text", text: "Sure! It is eligible." }], repaired),
  object(
    "wrong_enum",
    "A value that is no choice",
    [{ kind: "json", value: { ...VERDICT, verdict: "maybe" } }],
    repaired,
  ),
  object("extra_field", "A field too many", [{ kind: "json", value: { ...VERDICT, amount: 1_000_000 } }], repaired),
  object("missing_field", "A field too few", [{ kind: "json", value: { isEligible: true } }], repaired),
  object(
    "unfit_twice",
    "Unfit, and unfit again",
    [
      { kind: "json", value: {} },
      { kind: "json", value: {} },
    ],
    incident("ai_object_invalid"),
  ),
  {
    id: "endless_tools",
    what: "Tools, tools and no answer",
    asks: "agent",
    replies: () => [LOOP],
    endless: true,
    end: incident("ai_agent_turns_exhausted"),
  },
];

/** Gives each step that names a failure in its prompt (`failure: id`) the replies of it, then good answers. */
export function failingProvider(
  circumstances: () => Circumstances,
  before: (failure: ProviderFailure, request: number) => Promise<unknown> | undefined = () => undefined,
): (request: LedgerEntry) => Reply {
  const requests = new Map<string, number>();
  return (entry) => {
    const failure = failureOf(entry);
    if (failure === undefined) return GOOD_TEXT;
    const { id, asks } = failure;
    const number = (requests.get(id) ?? 0) + 1;
    requests.set(id, number);
    const wait = before(failure, number);
    // One that is held up is never answered, and counts for nothing.
    if (wait !== undefined) {
      requests.set(id, number - 1);
      return { kind: "slow", until: wait, reply: GOOD_TEXT };
    }
    const replies = failure.replies(circumstances());
    const last = failure.endless === true ? replies.at(-1) : undefined;
    return replies[number - 1] ?? last ?? (asks === "object" ? { kind: "json", value: VERDICT } : GOOD_TEXT);
  };
}

const GOOD_TEXT: Reply = { kind: "text", text: "Fine." };

/** Which failure the request's prompt asks for. */
export function failureOf({ messages }: LedgerEntry): ProviderFailure | undefined {
  const said = messages.map((message) => message.text).join("\n");
  const id = /failure: (\w+)/.exec(said)?.[1];
  return PROVIDER_FAILURES.find((failure) => failure.id === id);
}

const DOCUMENTED: { readonly [as in FailureEnd["as"]]: string } = {
  retried: "is tried again",
  failed: "fails for good",
  incident: "waits for a person",
  repaired: "completes: the model mends its answer",
  answered: "completes",
};

/** The rows of the documentation: what happens, what the step does, and the code of its error. */
export function failureTable(): readonly (readonly [string, string, string])[] {
  return PROVIDER_FAILURES.map(({ what, end }) => {
    const wait = "afterMs" in end ? `, ${end.afterMs / 1_000} s later` : "";
    return [what, `${DOCUMENTED[end.as]}${wait}`, "code" in end ? `\`${end.code}\`` : ""];
  });
}
