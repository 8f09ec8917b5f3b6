/**
 * What an `any` join cancels when it fires: the nodes all of whose ways to an end lead through it (which it
 * post-dominates). A node with a way out that avoids the join goes on.
 */
import { END } from "@holdfast/dsl";
import { START_INDEX } from "./plan.ts";
import type { PlanNode } from "./plan.ts";

/** Positions in ascending order. `order` is topological. O(nodes + edges). */
export function cutOf(join: PlanNode, order: readonly PlanNode[]): number[] {
  const escapes = escapesFrom(join, order);
  return [...ancestorsOf(join, order)].filter((index) => !escapes.has(index)).toSorted((a, b) => a - b);
}

/** Nodes that reach an end without passing the join. */
function escapesFrom(join: PlanNode, order: readonly PlanNode[]): ReadonlySet<number> {
  const escapes = new Set<number>();
  for (const node of order.toReversed()) {
    if (node.index === join.index) continue;
    if (endsHere(node)) escapes.add(node.index);
    if (!escapes.has(node.index)) continue;
    for (const { source } of node.incoming) escapes.add(source);
  }
  return escapes;
}

function ancestorsOf(join: PlanNode, order: readonly PlanNode[]): ReadonlySet<number> {
  const ancestors = new Set<number>();
  for (const node of order.slice(0, join.index + 1).toReversed()) {
    if (node.index !== join.index && !ancestors.has(node.index)) continue;
    for (const { source } of node.incoming) if (source !== START_INDEX) ancestors.add(source);
  }
  return ancestors;
}

/** A port that leads to `end`, or (in a draft) nowhere, ends the branch; so does a node without ports. */
function endsHere(node: PlanNode): boolean {
  return (
    node.outgoing.length === 0 ||
    node.outgoing.some(({ to }) => to === END) ||
    node.ports.some((port) => !node.outgoing.some((outlet) => outlet.port === port))
  );
}
