/** When to try again, as arithmetic. Chance comes from outside, so that replaying gives the same times. */
import { DSL_DEFAULTS, parseDuration } from "@holdfast/dsl";
import type { RetrySpec } from "@holdfast/dsl";

/** Times in milliseconds. */
export interface RetryPolicy {
  /** All attempts, the first included; 0 is without end. */
  readonly maxAttempts: number;
  readonly initialInterval: number;
  readonly backoff: number;
  readonly maxInterval: number;
  readonly jitter: "full" | "none";
}

/** The policy of a node that says nothing, and of compensations. */
export const DEFAULT_RETRY: RetryPolicy = resolveRetry(undefined);

/** How long an attempt may take where the document doesn't say, and every attempt of a compensation. Milliseconds. */
export const DEFAULT_TIMEOUT: number = parseDuration(DSL_DEFAULTS.timeout);

/** Fills in what the document leaves out. */
export function resolveRetry(spec: RetrySpec | undefined): RetryPolicy {
  const defaults = DSL_DEFAULTS.retry;
  return {
    maxAttempts: spec?.maxAttempts ?? defaults.maxAttempts,
    initialInterval: parseDuration(spec?.initialInterval ?? defaults.initialInterval),
    backoff: spec?.backoff ?? defaults.backoff,
    maxInterval: parseDuration(spec?.maxInterval ?? defaults.maxInterval),
    jitter: spec?.jitter ?? defaults.jitter,
  };
}

/** Whether another attempt may follow the attempt with this number (from 1). */
export function mayRetry(policy: RetryPolicy, attempt: number): boolean {
  return policy.maxAttempts === 0 || attempt < policy.maxAttempts;
}

/**
 * Milliseconds between the failure of an attempt (its number, from 1) and the next attempt.
 *
 * @param jitter in [0, 1): with full jitter the part of the interval that is waited.
 * @param retryAfter what the target asked for; it wins over the policy, a shorter wish too.
 */
export function retryDelay(policy: RetryPolicy, attempt: number, jitter: number, retryAfter?: number): number {
  if (retryAfter !== undefined) return Math.max(0, Math.ceil(retryAfter));
  // Never infinite: nothing times infinity is no number.
  const growth = Math.min(policy.backoff ** (attempt - 1), Number.MAX_VALUE);
  const interval = Math.min(policy.maxInterval, policy.initialInterval * growth);
  return policy.jitter === "full" ? Math.floor(interval * jitter) : Math.round(interval);
}
