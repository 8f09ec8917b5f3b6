/**
 * Which nodes can both be reached in one run.
 *
 * Two tokens walk from the start, always the one that stands earlier in the topological order, until it has come to
 * one of the nodes that are asked for (which end their branch), where it rests. Where they stand on the
 * same node they leave by the same port, since a node leaves by one port only; they may take different edges of it.
 * Two ways that share a node meet on it, because whoever comes first waits there. So a pair is met by the walk exactly
 * if one run can reach both.
 */
import { END, START } from "../document/names.ts";
import type { Graph } from "./graph.ts";
import type { GraphEdge } from "./graph-edge.ts";

/** All pairs out of `ids`, nodes that end their branch, that one run can reach; in topological order. */
export function reachedTogether(graph: Graph, ids: ReadonlySet<string>): (readonly [string, string])[] {
  const order = leadingTo(graph, ids);
  if (ids.size < 2) return [];
  const size = order.length;
  const position = new Map(order.map((id, index) => [id, index]));
  const targets = (edges: readonly GraphEdge[] | undefined): number[] =>
    (edges ?? []).flatMap(({ to }) => position.get(to) ?? []);
  /** By row the earlier node, by column the later one. */
  const met = new Uint8Array(size * size);
  const meet = (a: number, b: number): void => {
    met[Math.min(a, b) * size + Math.max(a, b)] = 1;
  };
  meetEachOther(targets(graph.outgoing.get(START)), meet);
  for (const [row, id] of order.entries()) {
    const edges = graph.outgoing.get(id) ?? [];
    const next = targets(edges);
    if (met[row * size + row] === 1) {
      for (const port of new Set(edges.map((edge) => edge.port))) {
        meetEachOther(targets(edges.filter((edge) => edge.port === port)), meet);
      }
    }
    for (let earlier = 0; earlier < row; earlier++) {
      const rests = ids.has(order[earlier] ?? "");
      if (rests && met[earlier * size + row] === 1) for (const target of next) meet(earlier, target);
    }
    for (let column = row + 1; column < size; column++) {
      if (met[row * size + column] === 1) for (const target of next) meet(target, column);
    }
  }
  const wanted = order.flatMap((id, index) => (ids.has(id) ? [{ id, index }] : []));
  return wanted.flatMap((a) =>
    wanted.flatMap((b): (readonly [string, string])[] =>
      a.index < b.index && met[a.index * size + b.index] === 1 ? [[a.id, b.id]] : [],
    ),
  );
}

function meetEachOther(targets: readonly number[], meet: (a: number, b: number) => void): void {
  for (const a of targets) for (const b of targets) meet(a, b);
}

/** Nodes of the order from which one of `ids` can be reached: no other can matter. */
function leadingTo(graph: Graph, ids: ReadonlySet<string>): string[] {
  const leading = new Set<string>();
  for (const id of [...graph.order].toReversed()) {
    const leads = (graph.outgoing.get(id) ?? []).some(({ to }) => to !== END && leading.has(to));
    if (leads || ids.has(id)) leading.add(id);
  }
  return graph.order.filter((id) => leading.has(id));
}
