/** Events about one step. */
import type { RunEvent } from "./event.ts";
import {
  isAbandoned,
  isDue,
  isReached,
  passageOf,
  progressOf,
  readyAtOf,
  withFact,
  withFailure,
  withFinal,
  withPassage,
} from "./facts.ts";
import { afterFailure } from "./failure.ts";
import type { Plan, PlanNode } from "./plan.ts";
import { isDrained } from "./evolve-children.ts";
import { closeUndo } from "./evolve-undo.ts";
import { factOf } from "./state.ts";
import type { ChildrenState, NodeState, Resumption, RunState, WaitState } from "./state.ts";

type Of<T extends RunEvent["type"]> = Extract<RunEvent, { readonly type: T }>;

export function stepCompleted(plan: Plan, state: RunState, node: PlanNode, event: Of<"step.completed">): RunState {
  if (!takesResult(plan, state, node, event.attempt) || isInItsMiddle(factOf(state, node.id))) return state;
  return withFinal(state, node.id, {
    status: "completed",
    port: event.port,
    at: event.at,
    attempt: event.attempt,
    ...(event.hasOutput === true && { hasOutput: true }),
  });
}

export function stepFailed(plan: Plan, state: RunState, node: PlanNode, event: Of<"step.failed">): RunState {
  const fact = factOf(state, node.id);
  if (fact?.status === "waiting" && fact.wait === "children") {
    const expired = expiredChildren(fact, event);
    if (expired === undefined) return state;
    if (!isDrained(expired)) return withFact(state, node.id, expired);
    const failure = { ...fact, error: event.error, at: event.at };
    return withFailure(state, node, failure, isAbandoned(plan, state, node));
  }
  if (!takesResult(plan, state, node, event.attempt)) return state;
  const ready = readyAtOf(plan, state, node);
  const began = event.startedAt ?? ready;
  return afterFailure(plan, state, node, {
    ...progressOf(fact, began),
    phase: fact?.status === "scheduled" ? fact.phase : "begin",
    ...(fact?.status === "scheduled" && fact.children !== undefined && { children: fact.children }),
    readyAt: ready,
    since: fact?.status === "scheduled" ? fact.since : began,
    error: event.error,
    jitter: event.jitter,
    at: event.at,
  });
}

export function stepWaiting(plan: Plan, state: RunState, node: PlanNode, event: Of<"step.waiting">): RunState {
  const fact = factOf(state, node.id);
  const { passage = 0, resumes: call } = event;
  if (!isDue(plan, state, node, event.attempt) || passage !== passageOf(fact)) return state;
  return withFact(state, node.id, {
    status: "waiting",
    wait: event.wait,
    ...progressOf(fact, event.at),
    since: event.at,
    ...(event.deadline !== undefined && { deadline: event.deadline }),
    ...(call !== undefined && { resumes: { call, passage, readyAt: readyAtOf(plan, state, node) } }),
  });
}

/** The attempt goes on. */
export function waitEnded(state: RunState, node: PlanNode, event: Of<"wait.ended">): RunState {
  const fact = factOf(state, node.id);
  if (!isInItsMiddle(fact) || fact.attempt !== event.attempt || fact.resumes.passage !== event.passage) return state;
  return withPassage(state, node, fact, event.at);
}

type MiddleState = WaitState & { readonly resumes: Resumption };

/** A wait after which the same attempt goes on: its end is no result of the step. */
function isInItsMiddle(fact: NodeState | undefined): fact is MiddleState {
  return fact?.status === "waiting" && fact.wait !== "children" && "resumes" in fact;
}

export function stepCanceled(plan: Plan, state: RunState, node: PlanNode, event: Of<"step.canceled">): RunState {
  const fact = factOf(state, node.id);
  const of = event.of ?? (event.attempt === undefined ? "undo" : "step");
  if (fact !== undefined && isOver(fact)) return of === "undo" ? closeUndo(state, node, event.at) : state;
  if (fact === undefined && !isReached(plan, state, node)) return state;
  if (isOtherAttempt(fact, event.attempt) || !isAbandoned(plan, state, node)) return state;
  const { attempt, keySince } = progressOf(fact, event.at);
  return withFinal(state, node.id, { status: "canceled", at: event.at, attempt, keySince });
}

/** Whether a result of this attempt may still come: the step is reached, and it isn't another attempt that is due. */
function takesResult(plan: Plan, state: RunState, node: PlanNode, attempt: number): boolean {
  const fact = factOf(state, node.id);
  if (fact?.status === "waiting") return (fact.wait === "time" || fact.wait === "event") && fact.attempt === attempt;
  return isDue(plan, state, node, attempt);
}

function isOtherAttempt(fact: NodeState | undefined, attempt: number | undefined): boolean {
  return attempt !== undefined && attempt !== (fact?.attempt ?? 1);
}

function isOver(fact: NodeState): boolean {
  return fact.status !== "scheduled" && fact.status !== "waiting";
}

/** The step fails while it has children: those that run are canceled first. */
function expiredChildren(fact: ChildrenState, event: Of<"step.failed">): ChildrenState | undefined {
  if (fact.attempt !== event.attempt || fact.expired !== undefined) return undefined;
  return { ...fact, expired: event.error };
}
