/** Events about compensations. They only count once the run stops. */
import type { RunEvent } from "./event.ts";
import { withFact } from "./facts.ts";
import type { Plan, PlanNode } from "./plan.ts";
import { DEFAULT_RETRY, mayRetry, retryDelay } from "./retry.ts";
import type { RunState, UndoState } from "./state.ts";
import { dueUndo, nextUndo } from "./undo.ts";
import type { DueUndo } from "./undo.ts";

type Of<T extends RunEvent["type"]> = Extract<RunEvent, { readonly type: T }>;

export function undoCompleted(_plan: Plan, state: RunState, node: PlanNode, event: Of<"undo.completed">): RunState {
  const due = underWay(state, node);
  return due === undefined || due.part !== (event.of ?? "self") ? state : afterPart(state, due, "done", event.at);
}

/** As for a step, but there is no port to leave by and nothing left to stop: what can't be tried again is an incident. */
export function undoFailed(_plan: Plan, state: RunState, node: PlanNode, event: Of<"undo.failed">): RunState {
  const due = underWay(state, node);
  if (due === undefined || due.undo?.status === "incident" || attemptOf(due) !== event.attempt) return state;
  const { error, at } = event;
  const base = due.undo?.base ?? 0;
  const unknown = error.kind === "unknown" && node.compensate?.onUnknown !== "resend";
  if (
    unknown ||
    error.kind === "fatal" ||
    error.exhausted === true ||
    state.terminated !== undefined ||
    !mayRetry(DEFAULT_RETRY, event.attempt - base)
  ) {
    return withUndo(state, due, {
      status: "incident",
      since: at,
      error,
      opened: false,
      of: due.part,
      attempt: event.attempt,
      base,
    });
  }
  const notBefore = at + retryDelay(DEFAULT_RETRY, event.attempt - base, event.jitter, error.retryAfter);
  return withUndo(state, due, { status: "scheduled", notBefore, of: due.part, attempt: event.attempt + 1, base });
}

/** The answer to `openIncident`, or something that only the host can notice about the compensation that is due. */
export function undoIncidentOpened(
  plan: Plan,
  state: RunState,
  node: PlanNode,
  event: Of<"incident.opened">,
): RunState {
  const due = underWay(state, node);
  if (due === undefined || attemptOf(due) !== event.attempt || nextUndo(plan, state)?.node !== node) return state;
  if (due.undo?.status === "incident") {
    return due.undo.opened ? state : withUndo(state, due, { ...due.undo, opened: true });
  }
  const { attempt, error, at } = event;
  return withUndo(state, due, {
    status: "incident",
    since: at,
    error,
    opened: true,
    of: due.part,
    attempt,
    base: due.undo?.base ?? 0,
  });
}

export function undoIncidentResolved(state: RunState, node: PlanNode, event: Of<"incident.resolved">): RunState {
  const due = underWay(state, node);
  if (due?.undo?.status !== "incident" || (event.attempt ?? due.undo.attempt) !== due.undo.attempt) return state;
  if (event.action !== "retry") return afterPart(state, due, event.action === "complete" ? "done" : "failed", event.at);
  const { attempt } = due.undo;
  return withUndo(state, due, { status: "scheduled", notBefore: 0, of: due.part, attempt: attempt + 1, base: attempt });
}

/** `terminate` came while this compensation may have been running, and the host has closed it. */
export function closeUndo(state: RunState, node: PlanNode, at: number): RunState {
  const due = state.terminated?.closing === node.id ? underWay(state, node) : undefined;
  return due === undefined ? state : withUndo(state, due, { status: "canceled", at });
}

function underWay(state: RunState, node: PlanNode): DueUndo | undefined {
  return state.phase === "compensating" ? dueUndo(state, node) : undefined;
}

export function attemptOf(due: DueUndo): number {
  return due.undo?.attempt ?? 1;
}

/** After a loop's own compensation comes that of its children. */
function afterPart(state: RunState, due: DueUndo, status: "done" | "failed", at: number): RunState {
  if (due.part === "self" && due.node.undoesChildren) {
    return withUndo(state, due, {
      status: "scheduled",
      notBefore: 0,
      of: "children",
      attempt: attemptOf(due) + 1,
      base: attemptOf(due),
    });
  }
  return withUndo(state, due, { status, at });
}

function withUndo(state: RunState, due: DueUndo, undo: UndoState): RunState {
  return withFact(state, due.node.id, { ...due.fact, undo });
}
