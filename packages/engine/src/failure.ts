/** What follows when an attempt fails: another attempt, an incident, the `error` port, or the end of the run. */
import type { StepError } from "@holdfast/dsl";
import { isAbandoned, withFact, withFailure } from "./facts.ts";
import type { Plan, PlanNode } from "./plan.ts";
import { mayRetry, retryDelay } from "./retry.ts";
import type { IncidentKind, IncidentState, Progress, RunState } from "./state.ts";

/** The attempt that failed. Times in milliseconds since the epoch. */
export interface FailedAttempt extends Progress {
  readonly phase: "begin" | "resume";
  readonly children?: number;
  readonly readyAt: number;
  /** When the round began, for `totalTimeout`. */
  readonly since: number;
  readonly error: StepError;
  readonly jitter: number;
  readonly at: number;
}

export function afterFailure(plan: Plan, state: RunState, node: PlanNode, failed: FailedAttempt): RunState {
  const { error, at } = failed;
  const abandoned = isAbandoned(plan, state, node);
  if (error.kind === "unknown" && node.onUnknown === "ask" && (!abandoned || matters(state, node))) {
    return withFact(state, node.id, incident("unknown_outcome", failed));
  }
  if (abandoned || error.kind === "fatal") return withFailure(state, node, failed, abandoned);
  const made = failed.attempt - failed.base;
  if (error.exhausted === true || !mayRetry(node.retry, made)) return afterLastAttempt(state, node, failed);
  const notBefore = at + retryDelay(node.retry, made, failed.jitter, error.retryAfter);
  if (node.totalTimeout !== undefined && notBefore >= failed.since + node.totalTimeout) {
    return withFailure(state, node, { ...failed, error: totalTimeoutError(error) }, false);
  }
  return withFact(state, node.id, {
    status: "scheduled",
    attempt: failed.attempt + 1,
    base: failed.base,
    keySince: failed.keySince,
    notBefore,
    since: failed.since,
    readyAt: failed.readyAt,
    phase: failed.phase,
    ...(failed.children !== undefined && { children: failed.children }),
    lastError: error,
  });
}

/**
 * Whether a step that is to be closed still needs a person's word on its unknown outcome: its compensation hangs on
 * it. Nothing else does, since no edge will be followed.
 */
export function matters(state: RunState, node: PlanNode): boolean {
  return node.compensate !== undefined && state.terminated === undefined;
}

/** The total time is over; not to be tried again. */
export function totalTimeoutError(last: StepError | undefined): StepError {
  return {
    kind: "fatal",
    code: "total_timeout",
    message:
      last === undefined ? "The step took too long in all." : `The step took too long in all. Last: ${last.message}`,
    ...(last !== undefined && { details: { code: last.code, message: last.message } }),
  };
}

function afterLastAttempt(state: RunState, node: PlanNode, failed: FailedAttempt): RunState {
  if (node.hasErrorPort || node.onExhausted === "fail") return withFailure(state, node, failed, false);
  return withFact(state, node.id, incident("retries_exhausted", failed));
}

function incident(kind: IncidentKind, failed: FailedAttempt): IncidentState {
  return {
    status: "waiting",
    wait: "incident",
    since: failed.at,
    incident: kind,
    attempt: failed.attempt,
    base: failed.base,
    keySince: failed.keySince,
    error: failed.error,
    opened: false,
    phase: failed.phase,
    ...(failed.children !== undefined && { children: failed.children }),
    readyAt: failed.readyAt,
  };
}
