/** Small steps from one state to the next, shared by everything in `evolve`. */
import type { StepError } from "@holdfast/dsl";
import { readyAt } from "./derive.ts";
import { START_INDEX } from "./plan.ts";
import type { Plan, PlanNode } from "./plan.ts";
import { READY, isLeftBy, settle } from "./settle.ts";
import { factOf } from "./state.ts";
import type {
  CanceledState,
  CompletedState,
  FailedState,
  NodeState,
  Progress,
  Resumption,
  RunState,
  Tries,
} from "./state.ts";

/** The state with another fact about a node. */
export function withFact(state: RunState, node: string, fact: NodeState): RunState {
  return { ...state, nodes: { ...state.nodes, [node]: fact } };
}

type Final = CompletedState | FailedState | CanceledState;
type WithoutOrder<T> = T extends Final ? Omit<T, "order"> : never;

/** A step is over: its fact takes the next place in commit order. */
export function withFinal(state: RunState, node: string, fact: WithoutOrder<Final>): RunState {
  const order = state.count + 1;
  return { ...state, count: order, nodes: { ...state.nodes, [node]: { ...fact, order } } };
}

/**
 * A step has failed for good. It leaves by its `error` port; without one the run stops, unless it stops already or
 * nobody cares for the step any more (`abandoned`).
 */
export function withFailure(
  state: RunState,
  node: PlanNode,
  failure: { readonly attempt: number; readonly keySince: number; readonly error: StepError; readonly at: number },
  abandoned: boolean,
): RunState {
  const { attempt, keySince, error, at } = failure;
  const next = withFinal(state, node.id, { status: "failed", at, attempt, keySince, error });
  if (node.hasErrorPort || abandoned) return next;
  return { ...next, phase: "compensating", stop: { reason: "failed", node: node.id, error, at, after: state.count } };
}

/** Whether the node's first attempt may be under way: it is ready by what was known before any stop. */
export function isReached(plan: Plan, state: RunState, node: PlanNode): boolean {
  const taken = node.incoming.some(({ source, port }) => source === START_INDEX || isTaken(plan, state, source, port));
  if (!taken) return false;
  if (node.join === "any" || node.incoming.length === 1) return true;
  return settle(plan, state).standing[node.index] === READY;
}

function isTaken(plan: Plan, state: RunState, source: number, port: string): boolean {
  const from = plan.order[source];
  const fact = from && factOf(state, from.id);
  if (!isLeftBy(fact, port)) return false;
  return state.stop === undefined || (fact !== undefined && "order" in fact && fact.order <= state.stop.after);
}

/** Whether this attempt may be under way; without its number, whichever attempt is due. */
export function isDue(plan: Plan, state: RunState, node: PlanNode, attempt: number | undefined): boolean {
  const fact = factOf(state, node.id);
  if (fact === undefined) return (attempt ?? 1) === 1 && isReached(plan, state, node);
  return fact.status === "scheduled" && (attempt ?? fact.attempt) === fact.attempt;
}

/** Whether whatever the node still does is to be closed: the run stops, or an `any` join went on without it. */
export function isAbandoned(plan: Plan, state: RunState, node: PlanNode): boolean {
  if (state.stop !== undefined) return true;
  return plan.cutters.length > 0 && settle(plan, state).cut?.has(node.index) === true;
}

/** Where the step's attempts are. A step to which nothing has happened yet is at its first. */
export function progressOf(fact: NodeState | undefined, firstAt: number): Progress {
  if (fact === undefined || (fact.status !== "scheduled" && fact.status !== "waiting")) {
    return { attempt: 1, base: 0, keySince: firstAt };
  }
  return { attempt: fact.attempt, base: fact.base, keySince: fact.keySince };
}

/** When what is due of the node became ready: its attempt, or the first one by its edges. */
export function readyAtOf(plan: Plan, state: RunState, node: PlanNode): number {
  const fact = factOf(state, node.id);
  return fact?.status === "scheduled" ? fact.readyAt : readyAt(plan, state, node);
}

/** How often the attempt that is due has gone on after something in its middle. */
export function passageOf(fact: NodeState | undefined): number {
  return fact?.status === "scheduled" ? (fact.passage ?? 0) : 0;
}

/** The attempt goes on: its number stays, its times count anew, since what it sends now it has not sent before. */
export function withPassage(
  state: RunState,
  node: PlanNode,
  { attempt, base, resumes }: Tries & { readonly resumes: Resumption },
  at: number,
): RunState {
  return withFact(state, node.id, {
    status: "scheduled",
    attempt,
    base,
    keySince: at,
    notBefore: 0,
    since: at,
    readyAt: resumes.readyAt,
    phase: "begin",
    passage: resumes.passage + 1,
  });
}
