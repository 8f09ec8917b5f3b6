/** What a failed HTTP call means for the step, by what the call could have done (the node's effect). */
import type { Effect, StepError } from "@holdfast/dsl";
import { OutboundError } from "../outbound/error.ts";

/** Refusals by status that are about the moment, not the request. */
const TRY_LATER: ReadonlySet<number> = new Set([408, 425, 429]);

/** An answer whose status was not expected. */
export interface UnexpectedAnswer {
  readonly status: number;
  readonly statusText: string;
  /** Milliseconds. */
  readonly retryAfter?: number | undefined;
  /** The beginning of the body, without secrets. */
  readonly excerpt?: string;
}

/**
 * A refusal (4xx) proves that nothing happened: it may be tried again where that can help. A 5xx proves nothing:
 * the server may have done its work before it stumbled.
 */
export function statusError(effect: Effect, answer: UnexpectedAnswer): StepError {
  const { status, statusText, retryAfter, excerpt } = answer;
  const told = {
    code: `http_${status}`,
    message: `The server answered ${status}${statusText === "" ? "" : ` ${statusText}`}.`,
    ...(retryAfter !== undefined && { retryAfter }),
    details: { status, ...(excerpt !== undefined && excerpt !== "" && { body: excerpt }) },
  };
  if (TRY_LATER.has(status)) return { kind: "error", ...told };
  if (status >= 500) return { kind: effect === "once" ? "unknown" : "error", ...told };
  return { kind: "fatal", ...told };
}

/** A call that got no whole answer. Only what was certainly not sent is certainly not done. */
export function outboundError(effect: Effect, error: OutboundError): StepError {
  const told = { code: error.code, message: error.message };
  switch (error.code) {
    case "url_invalid":
    case "address_refused":
    case "too_many_redirects":
    case "response_too_large":
      // Final by itself; but a call that went out before (a redirect, a too long answer) may have done its work.
      return { kind: effect === "once" && error.sent ? "unknown" : "fatal", ...told };
    case "aborted":
      return effect === "once" && error.sent
        ? { kind: "unknown", code: "timeout", message: `${error.message} It is unknown whether it took effect.` }
        : { kind: "timeout", code: "timeout", message: error.message };
    case "name_not_found":
    case "connect_failed":
    case "tls_failed":
    case "connection_lost":
      return { kind: effect === "once" && error.sent ? "unknown" : "error", ...told };
  }
}

/** The `OutboundError` behind an error that a stream or a library has wrapped. */
export function findOutboundError(error: unknown): OutboundError | undefined {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof OutboundError) return cause;
  }
  return undefined;
}
