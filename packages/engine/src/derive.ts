/** What a viewer sees: every node and every edge with its status, from facts and plan. */
import { START } from "@holdfast/dsl";
import { at } from "./at.ts";
import { START_INDEX, nodeOf } from "./plan.ts";
import type { Plan, PlanNode } from "./plan.ts";
import {
  CANCELED,
  COMPLETED,
  EDGE_PENDING,
  EDGE_SKIPPED,
  EDGE_TAKEN,
  FAILED,
  OPEN,
  PENDING,
  READY,
  SKIPPED,
  edgeStanding,
  settle,
} from "./settle.ts";
import type { EdgeStanding, Settlement, Standing } from "./settle.ts";
import type { RunState } from "./state.ts";

/** `pending`: not reached yet. `scheduled` is shown as `running` by a host that has an attempt under way. */
export type DerivedStatus = "pending" | "scheduled" | "waiting" | "completed" | "failed" | "skipped" | "canceled";

export interface EdgeStatus {
  readonly from: string;
  readonly port: string;
  readonly to: string;
  readonly status: "pending" | "taken" | "skipped";
}

export interface Derived {
  readonly nodes: { readonly [id: string]: DerivedStatus };
  /** In topological order of their sources. */
  readonly edges: readonly EdgeStatus[];
}

export function derive(plan: Plan, state: RunState): Derived {
  const settlement = settle(plan, state);
  const nodes = plan.order.map((node): [string, DerivedStatus] => [node.id, statusOf(settlement, node, state)]);
  const starts = plan.order.flatMap((node) =>
    node.incoming.filter(({ from }) => from === START).map((inlet) => ({ from: START, port: inlet.port, to: node.id })),
  );
  const others = plan.order.flatMap((node) => node.outgoing.map(({ port, to }) => ({ from: node.id, port, to })));
  const edges = [...starts, ...others].map((edge) => ({ ...edge, status: edgeStatus(plan, settlement, state, edge) }));
  return { nodes: Object.fromEntries(nodes), edges };
}

/** When a node that isn't over became ready, by its edges: `run.now` of its first attempt. */
export function readyAt(plan: Plan, state: RunState, node: PlanNode): number {
  return at(settle(plan, state).at, node.index);
}

/** Once a run can't go on, what is not reached will never be. */
function statusOf(settlement: Settlement, node: PlanNode, state: RunState): DerivedStatus {
  const standing = at(settlement.standing, node.index);
  const ended = state.phase === "ended";
  if (standing === PENDING && state.phase !== "active") return "skipped";
  if (ended && (standing === READY || standing === OPEN)) return "canceled";
  return settlement.facts[node.index]?.status === "waiting" ? "waiting" : STATUSES[standing];
}

const STATUSES: { readonly [standing in Standing]: DerivedStatus } = {
  [PENDING]: "pending",
  [READY]: "scheduled",
  [OPEN]: "scheduled",
  [SKIPPED]: "skipped",
  [COMPLETED]: "completed",
  [FAILED]: "failed",
  [CANCELED]: "canceled",
};

/** An edge into a node that a race has skipped is skipped with it, whatever its source still does. */
function edgeStatus(plan: Plan, settlement: Settlement, state: RunState, edge: Edge): EdgeStatus["status"] {
  const { from, port, to } = edge;
  const target = nodeOf(plan, to);
  if (target !== undefined && at(settlement.standing, target.index) === SKIPPED) return "skipped";
  const source = nodeOf(plan, from)?.index ?? START_INDEX;
  return EDGES[edgeStanding(settlement, { from, port, source }, state.stop?.after ?? Infinity)];
}

type Edge = Omit<EdgeStatus, "status">;

const EDGES: { readonly [standing in EdgeStanding]: EdgeStatus["status"] } = {
  [EDGE_PENDING]: "pending",
  [EDGE_TAKEN]: "taken",
  [EDGE_SKIPPED]: "skipped",
};
