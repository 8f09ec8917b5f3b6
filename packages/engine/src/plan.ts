/**
 * A flow version, made ready for walking: everything `evolve` and `decide` need of the document, resolved once.
 * Plain data without a clock; a host compiles it once per version and keeps it.
 */
import type { Effect } from "@holdfast/dsl";
import type { RetryPolicy } from "./retry.ts";

/** Where an edge comes from, seen from its target. */
export interface Inlet {
  /** `start` or a node. */
  readonly from: string;
  readonly port: string;
  /** Position of the source in the plan's order; {@link START_INDEX} for `start`. */
  readonly source: number;
}

/** Stands for `start` where a node's position is expected. */
export const START_INDEX = -1;

/** Where an edge leads, seen from its source. */
export interface Outlet {
  readonly port: string;
  /** A node or `end`. */
  readonly to: string;
}

/** The compensation of a node. It is tried by the default policy. */
export interface PlanCompensation {
  readonly type: string;
  readonly onUnknown: "ask" | "resend";
}

/** Times in milliseconds. */
export interface PlanNode {
  readonly id: string;
  /** Position in {@link Plan.order}. */
  readonly index: number;
  readonly type: string;
  /** Declared ports, `error` left out. */
  readonly ports: readonly string[];
  /** It has no ports: it ends its branch. */
  readonly terminal: boolean;
  readonly effect: Effect;
  readonly onUnknown: "ask" | "resend";
  readonly onExhausted: "incident" | "fail";
  readonly retry: RetryPolicy;
  /** Of each attempt. */
  readonly timeout: number;
  /** Of all attempts of a round and the pauses between them. */
  readonly totalTimeout?: number;
  /** How long the target remembers our key. */
  readonly keyRetention: number;
  readonly join: "all" | "any";
  readonly incoming: readonly Inlet[];
  readonly outgoing: readonly Outlet[];
  /** Its `error` port is connected. */
  readonly hasErrorPort: boolean;
  readonly compensate?: PlanCompensation;
  /** It holds a body in which something can be compensated. */
  readonly undoesChildren: boolean;
  /** With `join: "any"`: positions of the nodes all of whose ways to an end lead through this one. */
  readonly cut: readonly number[];
}

/** One graph: the flow itself, or a loop's body. */
export interface Plan {
  readonly nodes: { readonly [id: string]: PlanNode };
  /** Every node after all it can follow; ties by id, so that it does not depend on the order of keys. */
  readonly order: readonly PlanNode[];
  /** Those with `join: "any"` that can cancel something. */
  readonly cutters: readonly PlanNode[];
  readonly terminals: readonly PlanNode[];
  /** Nodes that can have something to compensate. */
  readonly undoable: readonly PlanNode[];
  /** Milliseconds from the start of the run. */
  readonly finishTimeout?: number;
}

/** A flow with the bodies of its loops. */
export interface FlowPlan {
  readonly root: Plan;
  /** By loop node, at any depth: ids are unique in the whole document. */
  readonly bodies: { readonly [loop: string]: Plan };
}

/** The node with this id; ids that no node has, or that every object inherits, give nothing. */
export function nodeOf(plan: Plan, id: string): PlanNode | undefined {
  return Object.hasOwn(plan.nodes, id) ? plan.nodes[id] : undefined;
}
