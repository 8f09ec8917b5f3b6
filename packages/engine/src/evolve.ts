/**
 * What happened, folded into the state. Total and pure: an event that is unknown, late or told twice gives back the
 * very same object.
 *
 * 1. Nothing final changes: a completed, failed or canceled step keeps its fact until `run.retried`.
 * 2. The first reason to stop stands; a stopped run only closes what is open and compensates.
 * 3. A result that comes although the run stops is recorded and moves nothing but its own compensation.
 * 4. Only `run.retried` and `run.undo` bring an ended run back.
 */
import type { RunEvent } from "./event.ts";
import { incidentOpened, incidentResolved } from "./evolve-incident.ts";
import { runCanceled, runEnded, runOutgrown, runRetried, runTimedOut, runUndone } from "./evolve-run.ts";
import { childrenEnded, childrenStarted, stepChildren } from "./evolve-children.ts";
import { stepCanceled, stepCompleted, stepFailed, stepWaiting, waitEnded } from "./evolve-step.ts";
import { undoCompleted, undoFailed } from "./evolve-undo.ts";
import { nodeOf } from "./plan.ts";
import type { Plan } from "./plan.ts";
import { initialState } from "./state.ts";
import type { RunState } from "./state.ts";

export function evolve(plan: Plan, state: RunState, event: RunEvent): RunState {
  if ("node" in event) return state.phase === "ended" ? state : evolveNode(plan, state, event);
  if (event.type === "run.retried") return runRetried(plan, state, event.at);
  if (event.type === "run.undo") return runUndone(state, event.at);
  return state.phase === "ended" ? state : evolveRun(plan, state, event);
}

/** The state after a whole log, whose first event is `run.started`. */
export function replay(plan: Plan, events: readonly RunEvent[]): RunState {
  return events.reduce((state, event) => evolve(plan, state, event), initialState(events[0]?.at ?? 0));
}

type NodeEvent = Extract<RunEvent, { readonly node: string }>;

function evolveNode(plan: Plan, state: RunState, event: NodeEvent): RunState {
  const node = nodeOf(plan, event.node);
  if (node === undefined) return state;
  switch (event.type) {
    case "step.completed":
      return stepCompleted(plan, state, node, event);
    case "step.failed":
      return stepFailed(plan, state, node, event);
    case "step.waiting":
      return stepWaiting(plan, state, node, event);
    case "wait.ended":
      return waitEnded(state, node, event);
    case "step.children":
      return stepChildren(plan, state, node, event);
    case "children.started":
      return childrenStarted(state, node, event);
    case "children.ended":
      return childrenEnded(plan, state, node, event);
    case "step.canceled":
      return stepCanceled(plan, state, node, event);
    case "incident.opened":
      return incidentOpened(plan, state, node, event);
    case "incident.resolved":
      return incidentResolved(plan, state, node, event);
    case "undo.completed":
      return undoCompleted(plan, state, node, event);
    case "undo.failed":
      return undoFailed(plan, state, node, event);
  }
}

function evolveRun(plan: Plan, state: RunState, event: Exclude<RunEvent, NodeEvent>): RunState {
  switch (event.type) {
    case "run.paused":
      return state.paused ? state : { ...state, paused: true };
    case "run.resumed":
      return state.paused ? { ...state, paused: false } : state;
    case "run.canceled":
      return runCanceled(plan, state, event.mode, event.at);
    case "run.timed_out":
      return runTimedOut(state, event.at);
    case "run.outgrown":
      return runOutgrown(state, event.at);
    case "run.ended":
      return runEnded(state, event.status, event.at);
    default:
      return state;
  }
}
