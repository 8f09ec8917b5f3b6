/** Which node comes before which, and where edges lead in a circle. Iterative: a chain may be 2,000 nodes long. */
import { END, START } from "../document/names.ts";
import type { GraphEdge } from "./graph-edge.ts";

type Outgoing = ReadonlyMap<string, readonly GraphEdge[]>;

/** Nodes that `start` reaches, `start` and `end` left out. */
export function reachable(outgoing: Outgoing): Set<string> {
  const seen = new Set<string>();
  const open = [START];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const { to } of outgoing.get(id) ?? []) {
      if (to === END || seen.has(to)) continue;
      seen.add(to);
      open.push(to);
    }
  }
  return seen;
}

/**
 * Reachable nodes, every node after all that lead to it. Nodes in a circle, and those behind one, are left out.
 */
export function topologicalOrder(outgoing: Outgoing): string[] {
  const within = reachable(outgoing);
  const missing = new Map<string, number>();
  for (const id of [START, ...within]) {
    for (const { to } of outgoing.get(id) ?? []) missing.set(to, (missing.get(to) ?? 0) + 1);
  }
  const order: string[] = [];
  for (let next = 0, id: string | undefined = START; id !== undefined; id = order[next++]) {
    for (const { to } of outgoing.get(id) ?? []) {
      const left = (missing.get(to) ?? 0) - 1;
      missing.set(to, left);
      if (left === 0 && to !== END) order.push(to);
    }
  }
  return order;
}

/** For every circle one of its edges: the one that closes it, in the order in which the edges are written. */
export function closingEdges(ids: Iterable<string>, outgoing: Outgoing): GraphEdge[] {
  const closing: GraphEdge[] = [];
  const state = new Map<string, "open" | "done">();
  for (const root of ids) {
    if (state.has(root)) continue;
    state.set(root, "open");
    const path = [{ id: root, next: 0 }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const edge = outgoing.get(top.id)?.[top.next++];
      if (edge === undefined) {
        state.set(top.id, "done");
        path.pop();
      } else if (state.get(edge.to) === "open") {
        closing.push(edge);
      } else if (!state.has(edge.to)) {
        state.set(edge.to, "open");
        path.push({ id: edge.to, next: 0 });
      }
    }
  }
  return closing;
}
