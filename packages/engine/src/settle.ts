/**
 * One walk over the graph that turns facts into what stands where: which nodes are ready, which are skipped, what an
 * `any` join has cut off. O(nodes + edges); `decide` runs it every time, so it allocates four lists and nothing else.
 *
 * 1. Every node comes after its sources, so one pass is enough.
 * 2. A node is moved by the facts that are followed: all of them, or once the run stops those before the stop.
 * 3. What makes a node ready or skipped is the fact with the highest order among its settled edges (`all`), or the
 *    lowest among its taken ones (`any`); its time and its order become the node's.
 * 4. A cut or a stop can only have been overtaken by nodes that were ready before it: those may be running and have
 *    to be closed; the others never begin.
 */
import { ERROR_PORT } from "@holdfast/dsl";
import { at } from "./at.ts";
import { START_INDEX } from "./plan.ts";
import type { Inlet, Plan, PlanNode } from "./plan.ts";
import { factOf } from "./state.ts";
import type { NodeState, RunState } from "./state.ts";

/** Not all its edges are settled. */
export const PENDING = 0;
/** Ready, and nothing is known to have happened to it: its first attempt is due or under way. */
export const READY = 1;
/** Something happened to it and it isn't over. */
export const OPEN = 2;
export const SKIPPED = 3;
export const COMPLETED = 4;
export const FAILED = 5;
export const CANCELED = 6;

export type Standing =
  typeof PENDING | typeof READY | typeof OPEN | typeof SKIPPED | typeof COMPLETED | typeof FAILED | typeof CANCELED;

/** By position in the plan's order. */
export interface Settlement {
  readonly standing: readonly Standing[];
  readonly facts: readonly (NodeState | undefined)[];
  /** When the node became ready or skipped, or was over. Milliseconds since the epoch. */
  readonly at: readonly number[];
  /** The order of the fact that did it; 0 is the start of the run. */
  readonly order: readonly number[];
  /** Nodes that a fired `any` join has cut off. Absent: none. */
  readonly cut?: ReadonlySet<number>;
}

export const EDGE_PENDING = 0;
export const EDGE_TAKEN = 1;
export const EDGE_SKIPPED = 2;
export type EdgeStanding = typeof EDGE_PENDING | typeof EDGE_TAKEN | typeof EDGE_SKIPPED;

interface Draft {
  readonly standing: Standing[];
  readonly facts: (NodeState | undefined)[];
  readonly at: number[];
  readonly order: number[];
  readonly startedAt: number;
  /** Facts after this one move nothing. */
  readonly horizon: number;
}

export function settle(plan: Plan, state: RunState): Settlement {
  const draft: Draft = {
    standing: [],
    facts: [],
    at: [],
    order: [],
    startedAt: state.startedAt,
    horizon: state.stop === undefined ? Infinity : state.stop.after,
  };
  for (const node of plan.order) settleNode(draft, node, factOf(state, node.id));
  return plan.cutters.length === 0 ? draft : cutOff(draft, plan);
}

/** Whether an edge has been taken, seen from its target. */
export function edgeStanding(settlement: Settlement, inlet: Inlet, horizon: number): EdgeStanding {
  if (inlet.source === START_INDEX) return EDGE_TAKEN;
  const standing = at(settlement.standing, inlet.source);
  if (standing === SKIPPED) return EDGE_SKIPPED;
  if (standing < COMPLETED || at(settlement.order, inlet.source) > horizon) return EDGE_PENDING;
  return isLeftBy(settlement.facts[inlet.source], inlet.port) ? EDGE_TAKEN : EDGE_SKIPPED;
}

/** Whether a step that is over has left by this port. */
export function isLeftBy(fact: NodeState | undefined, port: string): boolean {
  return fact?.status === "completed" ? fact.port === port : fact?.status === "failed" && port === ERROR_PORT;
}

function settleNode(draft: Draft, node: PlanNode, fact: NodeState | undefined): void {
  draft.facts.push(fact);
  if (fact === undefined || fact.status === "scheduled" || fact.status === "waiting") {
    settleByEdges(draft, node);
    if (fact !== undefined) draft.standing[node.index] = OPEN;
  } else {
    draft.standing.push(FINAL[fact.status]);
    draft.at.push(fact.at);
    draft.order.push(fact.order);
  }
}

const FINAL = { completed: COMPLETED, failed: FAILED, canceled: CANCELED } as const;

/** What a node is by its incoming edges alone. */
function settleByEdges(draft: Draft, node: PlanNode): void {
  const any = node.join === "any";
  let pending = false;
  let taken = false;
  let latest = 0;
  let latestAt = draft.startedAt;
  let first = Infinity;
  let firstAt = draft.startedAt;
  for (const inlet of node.incoming) {
    const edge = edgeStanding(draft, inlet, draft.horizon);
    if (edge === EDGE_PENDING) {
      pending = true;
      continue;
    }
    const start = inlet.source === START_INDEX;
    const order = start ? 0 : at(draft.order, inlet.source);
    const time = start ? draft.startedAt : at(draft.at, inlet.source);
    if (order > latest) {
      latest = order;
      latestAt = time;
    }
    if (edge === EDGE_SKIPPED) continue;
    taken = true;
    if (order < first) {
      first = order;
      firstAt = time;
    }
  }
  const ready = taken && (any || !pending);
  const notReady = pending ? PENDING : SKIPPED;
  draft.standing.push(ready ? READY : notReady);
  draft.at.push(ready && any ? firstAt : latestAt);
  draft.order.push(ready && any ? first : latest);
}

/** What lies before a fired join is closed if it may be running, and skipped if it can't have begun. */
function cutOff(draft: Draft, plan: Plan): Settlement {
  let cut: Set<number> | undefined;
  for (const join of plan.cutters) {
    const firedBy = firingOrder(draft, join);
    if (firedBy === undefined) continue;
    cut ??= new Set();
    for (const index of join.cut) {
      const standing = at(draft.standing, index);
      const neverBegun = standing === PENDING || (standing === READY && at(draft.order, index) >= firedBy);
      if (neverBegun) draft.standing[index] = SKIPPED;
      cut.add(index);
    }
  }
  return cut === undefined ? draft : { ...draft, cut };
}

/** The order of the first taken edge; undefined while there is none. */
function firingOrder(draft: Draft, join: PlanNode): number | undefined {
  let first: number | undefined;
  for (const inlet of join.incoming) {
    if (edgeStanding(draft, inlet, draft.horizon) !== EDGE_TAKEN) continue;
    const order = inlet.source === START_INDEX ? 0 : at(draft.order, inlet.source);
    if (first === undefined || order < first) first = order;
  }
  return first;
}
