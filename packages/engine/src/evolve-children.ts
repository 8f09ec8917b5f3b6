/** Events about the child runs of a step. */
import type { RunEvent } from "./event.ts";
import { isAbandoned, isDue, passageOf, progressOf, readyAtOf, withFact, withFailure, withPassage } from "./facts.ts";
import type { Plan, PlanNode } from "./plan.ts";
import { factOf } from "./state.ts";
import type { ChildrenState, NodeState, Progress, Resumption, RunState } from "./state.ts";

type Of<T extends RunEvent["type"]> = Extract<RunEvent, { readonly type: T }>;

export function stepChildren(plan: Plan, state: RunState, node: PlanNode, event: Of<"step.children">): RunState {
  const fact = factOf(state, node.id);
  const { first, total, at, passage = 0, resumes: call } = event;
  if (!isDue(plan, state, node, event.attempt) || isOldSpec(fact, first, total)) return state;
  if (call !== undefined && passage !== passageOf(fact)) return state;
  const progress = progressOf(fact, at);
  const resumes = call === undefined ? undefined : { call, passage, readyAt: readyAtOf(plan, state, node) };
  if (total === 0) return withNext(state, node, { ...progress, ended: first, resumes }, at);
  return withFact(state, node.id, {
    status: "waiting",
    wait: "children",
    ...progress,
    since: at,
    first,
    total,
    concurrency: Math.max(1, event.concurrency),
    stopOnError: event.stopOnError,
    notBefore: event.notBefore ?? 0,
    ...(event.deadline !== undefined && { deadline: event.deadline }),
    ...(resumes !== undefined && { resumes }),
    next: first,
    ended: first,
  });
}

export function childrenStarted(state: RunState, node: PlanNode, event: Of<"children.started">): RunState {
  const fact = childrenOf(state, node, event.attempt);
  if (fact === undefined) return state;
  const next = Math.min(event.next, fact.first + fact.total);
  return next > fact.next ? withFact(state, node.id, { ...fact, next }) : state;
}

export function childrenEnded(plan: Plan, state: RunState, node: PlanNode, event: Of<"children.ended">): RunState {
  const fact = childrenOf(state, node, event.attempt);
  if (fact === undefined) return state;
  const ended = Math.max(fact.ended, Math.min(event.ended, fact.first + fact.total));
  const failure = fact.failure ?? (fact.stopOnError ? failureOf(fact, event) : undefined);
  if (ended === fact.ended && failure === fact.failure) return state;
  const next = Math.max(fact.next, ended);
  const told: ChildrenState = { ...fact, ended, next, ...(failure !== undefined && { failure }) };
  if (!isDrained(told)) return withFact(state, node.id, told);
  return told.expired === undefined
    ? withNext(state, node, told, event.at)
    : withFailure(state, node, { ...told, error: told.expired, at: event.at }, isAbandoned(plan, state, node));
}

/** A spec that begins before the children that have been, or adds none to them, is told late. */
function isOldSpec(fact: NodeState | undefined, first: number, total: number): boolean {
  if (fact?.status !== "scheduled" || fact.children === undefined) return false;
  return first < fact.children || total === 0;
}

/** Nothing runs, and nothing more is to be started. */
export function isDrained(fact: ChildrenState): boolean {
  const stopped = fact.failure !== undefined || fact.expired !== undefined;
  return fact.ended >= (stopped ? fact.next : fact.first + fact.total);
}

/** The children are over: the attempt in whose middle they were goes on, or the behavior says what follows. */
function withNext(
  state: RunState,
  node: PlanNode,
  over: Progress & { readonly ended: number; readonly resumes?: Resumption | undefined },
  at: number,
): RunState {
  const { attempt, base, keySince, ended: children, resumes } = over;
  if (resumes !== undefined) return withPassage(state, node, { attempt, base, resumes }, at);
  return withFact(state, node.id, {
    status: "scheduled",
    attempt,
    base,
    keySince,
    notBefore: 0,
    since: at,
    readyAt: at,
    phase: "resume",
    children,
  });
}

/** A failure of an earlier spec is old news. */
function failureOf(fact: ChildrenState, { failure }: Of<"children.ended">): ChildrenState["failure"] {
  return failure !== undefined && failure.index >= fact.first ? failure : undefined;
}

/** The open wait for children of this attempt. */
function childrenOf(state: RunState, node: PlanNode, attempt: number | undefined): ChildrenState | undefined {
  const fact = factOf(state, node.id);
  if (fact?.status !== "waiting" || fact.wait !== "children") return undefined;
  return (attempt ?? fact.attempt) === fact.attempt ? fact : undefined;
}
