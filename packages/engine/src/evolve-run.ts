/** Events about the whole run. */
import type { StepError } from "@holdfast/dsl";
import { at as elementAt } from "./at.ts";
import { nodeOf } from "./plan.ts";
import type { Plan, PlanNode } from "./plan.ts";
import { READY, settle } from "./settle.ts";
import { factOf } from "./state.ts";
import type { NodeState, RunState, StopReason } from "./state.ts";
import { nextUndo } from "./undo.ts";

/** The error of a run that took longer than `settings.timeouts.finish`. */
export const FINISH_TIMEOUT: StepError = {
  kind: "fatal",
  code: "finish_timeout",
  message: "The run was not over in the time that its flow allows.",
};

/** The error of a run whose state is larger than its host keeps. */
const STATE_TOO_LARGE: StepError = {
  kind: "fatal",
  code: "state_too_large",
  message: "The run has done so many steps that it can't be kept. Move parts of its flow into flows of their own.",
};

/** Canceling goes before pausing. To terminate a run that is compensating ends that, too. */
export function runCanceled(plan: Plan, state: RunState, mode: "cancel" | "terminate", at: number): RunState {
  const stopped: RunState =
    state.phase === "active" ? stop(state, { reason: "canceled", mode, at, after: state.count }) : state;
  if (mode === "cancel") return stopped;
  if (state.terminated !== undefined) return state;
  const closing = state.phase === "active" ? undefined : nextUndo(plan, state)?.node.id;
  return { ...stopped, paused: false, terminated: closing === undefined ? {} : { closing } };
}

export function runTimedOut(state: RunState, at: number): RunState {
  return state.phase === "active"
    ? stop(state, { reason: "timed_out", error: FINISH_TIMEOUT, at, after: state.count })
    : state;
}

export function runOutgrown(state: RunState, at: number): RunState {
  return state.phase === "active"
    ? stop(state, { reason: "outgrown", error: STATE_TOO_LARGE, at, after: state.count })
    : state;
}

export function runEnded(state: RunState, status: "completed" | "failed" | "canceled", at: number): RunState {
  return { ...state, phase: "ended", paused: false, end: { status, at } };
}

/**
 * A failed run goes on at its failed steps, if nothing has been compensated. Steps that the failure had closed are
 * scheduled again, too; a new attempt each, since the last may have been begun.
 */
export function runRetried(plan: Plan, state: RunState, at: number): RunState {
  const { stop: reason, end, ...rest } = state;
  if (end?.status !== "failed" || reason?.reason !== "failed" || state.terminated !== undefined) return state;
  const facts = Object.entries(state.nodes);
  if (facts.some(([, fact]) => "undo" in fact)) return state;
  const { cut } = settle(plan, { ...rest, phase: "active" });
  const kept = facts.filter(([id, fact]) => {
    const node = nodeOf(plan, id);
    return node === undefined || cut?.has(node.index) === true || !isTakenUp(node, fact, reason.after);
  });
  const active: RunState = { ...rest, phase: "active", nodes: Object.fromEntries(kept) };
  const { at: ready, standing } = settle(plan, active);
  const taken = plan.order.flatMap((node): [string, NodeState][] => {
    const fact = factOf(state, node.id);
    if (fact === undefined || !("keySince" in fact) || standing[node.index] !== READY) return [];
    return [[node.id, anotherRound(fact, elementAt(ready, node.index), at)]];
  });
  return { ...active, nodes: Object.fromEntries([...kept, ...taken]) };
}

/** A child that completed undoes its steps; what it gave has been used and stays recorded. */
export function runUndone(state: RunState, at: number): RunState {
  if (state.end?.status !== "completed") return state;
  const { end: _end, ...rest } = state;
  return stop(rest, { reason: "undone", at, after: state.count });
}

function stop(state: RunState, reason: StopReason): RunState {
  return { ...state, phase: "compensating", paused: false, stop: reason };
}

/** Closed by the stop, or failed with nowhere to go (an aborted attempt does not count as a way to its `error` port). */
function isTakenUp(node: PlanNode, fact: NodeState, stopAfter: number): boolean {
  if (fact.status === "canceled") return true;
  return fact.status === "failed" && (!node.hasErrorPort || fact.order > stopAfter);
}

function anotherRound(fact: Tries, readyAt: number, at: number): NodeState {
  const { attempt, keySince } = fact;
  return {
    status: "scheduled",
    attempt: attempt + 1,
    base: attempt,
    keySince,
    notBefore: 0,
    since: at,
    readyAt,
    phase: "begin",
  };
}

interface Tries {
  readonly attempt: number;
  readonly keySince: number;
}
