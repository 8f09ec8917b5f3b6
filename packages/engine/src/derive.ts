/** What a viewer sees: every node and every edge with its status, from facts and plan. */
import { START } from "@holdfast/dsl";
import { nodeOf } from "./plan.ts";
import type { Plan, PlanNode } from "./plan.ts";
import {
  CANCELED,
  COMPLETED,
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

/** When a node became ready: `run.now` of its first attempt. Undefined while it isn't. */
export function readyAt(plan: Plan, state: RunState, node: PlanNode): number | undefined {
  const settlement = settle(plan, state);
  return settlement.standing[node.index] === READY ? settlement.at[node.index] : undefined;
}

/** Once a run can't go on, what is not reached will never be. */
function statusOf(settlement: Settlement, node: PlanNode, state: RunState): DerivedStatus {
  const standing = settlement.standing[node.index];
  const ended = state.phase === "ended";
  if (standing === PENDING && state.phase !== "active") return "skipped";
  if (ended && (standing === READY || standing === OPEN)) return "canceled";
  if (standing === OPEN) return settlement.facts[node.index]?.status === "waiting" ? "waiting" : "scheduled";
  return STATUSES[standing ?? PENDING];
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

function edgeStatus(
  plan: Plan,
  settlement: Settlement,
  state: RunState,
  edge: Omit<EdgeStatus, "status">,
): EdgeStatus["status"] {
  const source = nodeOf(plan, edge.from);
  const target = nodeOf(plan, edge.to);
  const horizon = state.stop?.after ?? Infinity;
  const inlet = { from: edge.from, port: edge.port, source: source?.index ?? -1 };
  const standing = edgeStanding(settlement, inlet, horizon);
  if (standing !== 2 && target && settlement.cut?.has(target.index) && settlement.standing[target.index] === SKIPPED)
    return "skipped";
  return EDGES[standing];
}

const EDGES: { readonly [standing in EdgeStanding]: EdgeStatus["status"] } = {
  0: "pending",
  [EDGE_TAKEN]: "taken",
  [EDGE_SKIPPED]: "skipped",
};
