/** The order in which a graph is walked. */
import { END, START } from "@holdfast/dsl";
import { EngineError } from "./errors.ts";

interface Link {
  readonly from: string;
  readonly to: string;
}

/**
 * Every node after all that lead to it; among equals the smaller id first.
 * @throws EngineError `cycle`, `unknown_node`
 */
export function topologicalOrder(nodes: readonly string[], edges: readonly Link[]): string[] {
  const open = new Map(nodes.map((id) => [id, 0]));
  const targets = new Map<string, string[]>(nodes.map((id) => [id, []]));
  for (const { from, to } of edges) {
    const known = (from === START || open.has(from)) && (to === END || open.has(to));
    if (!known) throw new EngineError("unknown_node", `The edge from “${from}” to “${to}” ends at no node`);
    if (from === START || to === END) continue;
    targets.get(from)?.push(to);
    open.set(to, (open.get(to) ?? 0) + 1);
  }
  let layer = nodes.filter((id) => open.get(id) === 0).sort();
  const order: string[] = [];
  while (layer.length > 0) {
    order.push(...layer);
    const next: string[] = [];
    for (const target of layer.flatMap((id) => targets.get(id) ?? [])) {
      const left = (open.get(target) ?? 0) - 1;
      open.set(target, left);
      if (left === 0) next.push(target);
    }
    layer = next.sort();
  }
  if (order.length < nodes.length) {
    const [first] = nodes.filter((id) => !order.includes(id)).sort();
    throw new EngineError("cycle", `“${first}” leads back to itself`);
  }
  return order;
}
