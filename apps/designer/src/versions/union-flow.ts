/** Both documents in one picture: the later one, and what is gone from the earlier one. */
import { bodyOf, edgeKeyOf, type Body, type FlowDocument, type NodeSpec } from "@holdfast/dsl";
import { allEdges, allNodes } from "../flow/graphs.ts";

export interface UnionFlow {
  readonly flow: FlowDocument;
  /** Keys of edges as the canvas asks for them: `from|port|to`. */
  readonly edges: ReadonlyMap<string, "added" | "removed">;
  readonly removed: ReadonlySet<string>;
}

/** Cards nearer than this would cover each other. */
const NEAR = { x: 300, y: 110 };

/** @param renamed ids of today by ids of then: those are not gone. */
export function unionFlow(before: FlowDocument, after: FlowDocument, renamed: ReadonlyMap<string, string>): UnionFlow {
  const now = allNodes(after);
  const removed = new Set([...allNodes(before).keys()].filter((id) => !now.has(id) && !renamed.has(id)));
  const graph = unionGraph(before, after, { now: new Set(now.keys()), renamed });
  const edges = new Map<string, "added" | "removed">();
  const [old, current] = [endsOf(before, renamed), endsOf(after, new Map())];
  for (const key of current) if (!old.has(key)) edges.set(key, "added");
  for (const key of old) if (!current.has(key)) edges.set(key, "removed");
  const layout = { ...after.layout };
  for (const id of removed) {
    const at = before.layout?.[id];
    const isFree =
      at !== undefined &&
      Object.values(layout).every(({ x, y }) => Math.abs(x - at.x) >= NEAR.x || Math.abs(y - at.y) >= NEAR.y);
    if (isFree) layout[id] = at;
  }
  return { flow: { ...after, ...graph, layout }, edges, removed };
}

interface Known {
  readonly now: ReadonlySet<string>;
  readonly renamed: ReadonlyMap<string, string>;
}

function unionGraph(before: Body, after: Body, known: Known): Body {
  const nodes: Record<string, NodeSpec> = {};
  for (const [id, node] of Object.entries(after.nodes)) {
    const [old, body] = [before.nodes[id], bodyOf(node)];
    const was = old === undefined ? undefined : bodyOf(old);
    nodes[id] =
      body === undefined || was === undefined
        ? node
        : { ...node, params: { ...node.params, body: { ...unionGraph(was, body, known) } } };
  }
  for (const [id, node] of Object.entries(before.nodes)) {
    if (!known.now.has(id) && !known.renamed.has(id)) nodes[id] = node;
  }
  const keys = new Set(after.edges.map(edgeKeyOf));
  const gone = before.edges
    .map((edge) => ({
      ...edge,
      from: known.renamed.get(edge.from) ?? edge.from,
      to: known.renamed.get(edge.to) ?? edge.to,
    }))
    .filter((edge) => !keys.has(edgeKeyOf(edge)))
    .filter(({ from, to }) => isIn(nodes, from) && isIn(nodes, to));
  return { nodes, edges: [...after.edges, ...gone] };
}

const isIn = (nodes: Readonly<Record<string, NodeSpec>>, id: string): boolean =>
  id === "start" || id === "end" || Object.hasOwn(nodes, id);

function endsOf(flow: FlowDocument, renamed: ReadonlyMap<string, string>): Set<string> {
  return new Set(
    [...allEdges(flow).values()].map(({ edge: { from, port, to } }) =>
      [renamed.get(from) ?? from, port ?? "out", renamed.get(to) ?? to].join("|"),
    ),
  );
}
