/** The order in which a graph is walked. */
import { END, START } from "@holdfast/dsl";
import { EngineError } from "./errors.ts";

interface Link {
  readonly from: string;
  readonly to: string;
}

/**
 * The position of every node, after all that lead to it; nodes that are equally far from where they begin stand by id.
 * @throws EngineError `cycle`, `unknown_node`
 */
export function topologicalOrder(nodes: readonly string[], edges: readonly Link[]): Map<string, number> {
  const known = new Set(nodes);
  const links = edges.filter((edge) => isBetweenNodes(edge, known));
  const targets = Map.groupBy(links, ({ from }) => from);
  const open = new Map<string, number>();
  for (const [to, into] of Map.groupBy(links, (link) => link.to)) open.set(to, into.length);
  const position = new Map<string, number>();
  let layer = nodes.filter((id) => !open.has(id));
  while (layer.length > 0) {
    for (const id of layer.toSorted()) position.set(id, position.size);
    layer = layer.flatMap((id) => targets.get(id) ?? []).flatMap(({ to }) => (isLast(open, to) ? [to] : []));
  }
  const circling = nodes.find((id) => !position.has(id));
  if (circling !== undefined) {
    throw new EngineError("cycle", `“${circling}” leads back to itself, or follows such a node`);
  }
  return position;
}

/** Counts one more edge into a node as walked. */
function isLast(open: Map<string, number>, node: string): boolean {
  const left = Number(open.get(node)) - 1;
  open.set(node, left);
  return left === 0;
}

/** `start` and `end` need no place. */
function isBetweenNodes({ from, to }: Link, nodes: ReadonlySet<string>): boolean {
  if ((from === START || nodes.has(from)) && (to === END || nodes.has(to))) return from !== START && to !== END;
  throw new EngineError("unknown_node", `The edge from “${from}” to “${to}” ends at no node`);
}
