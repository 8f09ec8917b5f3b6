/** Taking nodes out of a flow. */
import { END, ERROR_PORT, START, edgeKeyOf, type Edge, type FlowDocument } from "@holdfast/dsl";
import { edgeOf } from "./edges.ts";
import { allNodes, findNode, withGraph } from "./graphs.ts";

/**
 * Removes nodes, with the bodies of loops and all edges. With `heal`, what led to a node leads to the one that followed
 * it, if only one did; the ends of other outcomes do not count.
 */
export function deleteNodes(flow: FlowDocument, ids: readonly string[], { heal }: { heal: boolean }): FlowDocument {
  const without = ids.reduce((current, id) => deleteNode(current, id, heal), flow);
  return without === flow ? flow : withoutPositions(without);
}

function deleteNode(flow: FlowDocument, id: string, heal: boolean): FlowDocument {
  const place = findNode(flow, id);
  if (place === undefined) return flow;
  return withGraph(flow, place.scope, (graph) => {
    const { [id]: _, ...nodes } = graph.nodes;
    return { nodes, edges: heal ? healed(graph.edges, id) : graph.edges.filter((edge) => !touches(edge, id)) };
  });
}

function healed(edges: readonly Edge[], id: string): Edge[] {
  const next = successorOf(edges, id);
  const kept = new Set(edges.filter((edge) => !touches(edge, id)).map(edgeKeyOf));
  return edges.flatMap((edge): Edge[] => {
    if (!touches(edge, id)) return [edge];
    if (edge.to !== id || edge.from === id || next === undefined) return [];
    const bridge = edgeOf(edge.from, edge.port, next);
    if (kept.has(edgeKeyOf(bridge)) || (bridge.from === START && bridge.to === END && kept.size > 0)) return [];
    kept.add(edgeKeyOf(bridge));
    return [bridge];
  });
}

/** The only node that follows, else the end if nothing but the end does. */
function successorOf(edges: readonly Edge[], id: string): string | undefined {
  const targets = new Set(
    edges.filter((edge) => edge.from === id && edge.port !== ERROR_PORT && edge.to !== id).map(({ to }) => to),
  );
  const nodes = [...targets].filter((to) => to !== END);
  if (nodes.length === 0) return targets.has(END) ? END : undefined;
  return nodes.length === 1 ? nodes[0] : undefined;
}

function touches({ from, to }: Edge, id: string): boolean {
  return from === id || to === id;
}

function withoutPositions(flow: FlowDocument): FlowDocument {
  if (flow.layout === undefined) return flow;
  const nodes = allNodes(flow);
  const entries = Object.entries(flow.layout);
  const kept = entries.filter(([id]) => id === START || nodes.has(id));
  if (kept.length === entries.length) return flow;
  const { layout: _, ...rest } = flow;
  return kept.length === 0 ? rest : { ...rest, layout: Object.fromEntries(kept) };
}
