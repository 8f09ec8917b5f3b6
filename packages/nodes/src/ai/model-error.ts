/** What a failed call of a model means for the step. */
import type { JsonObject, StepError } from "@holdfast/dsl";
import { APICallError } from "ai";
import { Credential } from "../credential.ts";
import { failureOf } from "../failure.ts";
import { findOutboundError } from "../http-request/classify.ts";
import { parseRetryAfter } from "../retry-after.ts";

/** What is known about the call besides the error. */
export interface CallFacts {
  /** What must not show up in texts. */
  readonly keys: readonly string[];
  readonly model: string;
  readonly now: number;
  readonly signal: AbortSignal;
}

/**
 * A model call may be repeated, so everything that can pass is retryable: limits, overload, cut or unreadable
 * answers. A key or a request that is wrong stays wrong.
 */
export function modelError(error: unknown, facts: CallFacts): StepError {
  if (facts.signal.aborted) return { kind: "timeout", code: "timeout", message: "The model took too long to answer." };
  const own = failureOf(error);
  if (own !== undefined) return own;
  const details: JsonObject = { model: facts.model };
  const outbound = findOutboundError(error);
  if (outbound?.code === "response_too_large") {
    return { kind: "error", exhausted: true, code: "ai_answer_too_large", message: outbound.message, details };
  }
  if (outbound) {
    const final = outbound.code === "url_invalid" || outbound.code === "address_refused";
    return {
      kind: final ? "fatal" : "error",
      code: final ? outbound.code : "ai_unreachable",
      message: outbound.message,
      details,
    };
  }
  const refusal = refusalOf(error);
  if (refusal !== undefined) return statusError(refusal, facts, details);
  return { kind: "error", code: "ai_answer_broken", message: "The model's answer could not be read.", details };
}

/** Whether the provider may have begun an answer that it charges for: the call went out, and was not refused. */
export function mayHaveCost(error: unknown): boolean {
  const own = failureOf(error);
  if (own !== undefined) return own.code === "ai_too_slow";
  const outbound = findOutboundError(error);
  return outbound === undefined ? refusalOf(error) === undefined : outbound.sent;
}

/** What a provider says went wrong: with its status, or in the middle of its stream, in words of the same kind. */
interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function refusalOf(error: unknown): Refusal | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if (!("statusCode" in error) || !("message" in error)) return undefined;
  const { statusCode: status, message } = error;
  if (typeof status !== "number" || status < 400) return undefined;
  const { responseHeaders: headers = {}, responseBody: body = "" } = APICallError.isInstance(error) ? error : {};
  return { status, message: String(message), headers, body };
}

function statusError({ status, message, headers, body }: Refusal, facts: CallFacts, model: JsonObject): StepError {
  const told = facts.keys
    .reduce((text, key) => new Credential({ type: "apiKey", key }).redact(text), message)
    .replaceAll(/\bsk-[\w*.-]+/g, "[secret]")
    .slice(0, 300);
  const retryAfter = retryAfterOf(headers, facts.now) ?? retryDelayOf(body);
  const rest = { ...(retryAfter !== undefined && { retryAfter }), details: { ...model, status } };
  if (status === 429) {
    return { kind: "error", code: "ai_rate_limited", message: `The model's provider asks to wait: ${told}`, ...rest };
  }
  if (status === 408 || status === 409 || status === 425) {
    return { kind: "error", code: `ai_http_${status}`, message: `The provider asks to try again: ${told}`, ...rest };
  }
  if (status >= 500) {
    return {
      kind: "error",
      code: "ai_unavailable",
      message: `The model's provider failed (${status}): ${told}`,
      ...rest,
    };
  }
  if (status === 401 || status === 403) {
    return {
      kind: "fatal",
      code: "ai_unauthorized",
      message: `The model's provider refused the key (${status}).`,
      ...rest,
    };
  }
  return {
    kind: "fatal",
    code: `ai_http_${status}`,
    message: `The model's provider refused the request (${status}): ${told}`,
    ...rest,
  };
}

/** A month, in milliseconds: providers count what may be used by the day and by the month, and a run can wait. */
const LONGEST_WAIT = 31 * 86_400_000;

function retryAfterOf(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const exact = Number(headers["retry-after-ms"]);
  if (headers["retry-after-ms"] !== undefined && Number.isFinite(exact) && exact >= 0) {
    return Math.min(Math.ceil(exact), LONGEST_WAIT);
  }
  return parseRetryAfter(headers["retry-after"], now, LONGEST_WAIT);
}

/** Google says it in the body. */
const RETRY_DELAY = /"retryDelay":\s*"(\d{1,9}(?:\.\d+)?)s"/;

function retryDelayOf(body: string): number | undefined {
  const seconds = RETRY_DELAY.exec(body)?.[1];
  return seconds === undefined ? undefined : Math.min(Math.ceil(Number(seconds) * 1_000), LONGEST_WAIT);
}
