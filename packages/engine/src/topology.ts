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
  const targets = targetsOf(nodes, edges);
  const open = new Map<string, number>(nodes.map((id) => [id, 0]));
  const count = (id: string, step: number): number => {
    const left = (open.get(id) ?? 0) + step;
    open.set(id, left);
    return left;
  };
  for (const target of [...targets.values()].flat()) count(target, 1);
  const position = new Map<string, number>();
  let layer = nodes.filter((id) => open.get(id) === 0);
  while (layer.length > 0) {
    for (const id of layer.sort()) position.set(id, position.size);
    layer = layer.flatMap((id) => targets.get(id) ?? []).filter((target) => count(target, -1) === 0);
  }
  const circling = nodes.find((id) => !position.has(id));
  if (circling !== undefined)
    throw new EngineError("cycle", `“${circling}” leads back to itself, or follows such a node`);
  return position;
}

/** Between nodes only: `start` and `end` need no place. */
function targetsOf(nodes: readonly string[], edges: readonly Link[]): Map<string, string[]> {
  const targets = new Map<string, string[]>(nodes.map((id) => [id, []]));
  for (const { from, to } of edges) {
    const list = targets.get(from);
    if ((list === undefined && from !== START) || (to !== END && !targets.has(to))) {
      throw new EngineError("unknown_node", `The edge from “${from}” to “${to}” ends at no node`);
    }
    if (to !== END) list?.push(to);
  }
  return targets;
}
