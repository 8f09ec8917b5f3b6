/** The graphs of a document: the flow itself and the bodies of its loops; and how to change one of them. */
import { bodyOf, keyedEdges, walkGraphs, type Body, type Edge, type FlowDocument, type NodeSpec } from "@holdfast/dsl";

/** The loops that a graph stands in, from outside in. `[]` is the flow itself. */
export type Scope = readonly string[];

/** Names an edge in the whole document: `approval|timeout|escalate`, in a body `each/start|out|pay`. */
export type EdgeId = string;

export interface NodePlace {
  readonly id: string;
  readonly node: NodeSpec;
  readonly scope: Scope;
  readonly graph: Body;
}

export interface EdgePlace {
  readonly id: EdgeId;
  readonly edge: Edge;
  /** In the list of its graph. */
  readonly index: number;
  readonly scope: Scope;
}

interface FlowIndex {
  readonly graphs: ReadonlyMap<string, { readonly scope: Scope; readonly graph: Body }>;
  readonly nodes: ReadonlyMap<string, NodePlace>;
  readonly edges: ReadonlyMap<EdgeId, EdgePlace>;
}

const indexes = new WeakMap<FlowDocument, FlowIndex>();

/** Documents are never changed in place, so each is looked through once. */
function indexOf(flow: FlowDocument): FlowIndex {
  const known = indexes.get(flow);
  if (known !== undefined) return known;
  const graphs = new Map<string, { scope: Scope; graph: Body }>();
  const nodes = new Map<string, NodePlace>();
  const edges = new Map<EdgeId, EdgePlace>();
  for (const { graph, loop } of walkGraphs(flow)) {
    const scope = loop === undefined ? [] : [...(nodes.get(loop)?.scope ?? []), loop];
    graphs.set(loop ?? "", { scope, graph });
    for (const [id, node] of Object.entries(graph.nodes)) {
      if (!nodes.has(id)) nodes.set(id, { id, node, scope, graph });
    }
    const indices = new Map(graph.edges.map((edge, index) => [edge, index]));
    for (const [key, edge] of keyedEdges(graph.edges)) {
      const id = loop === undefined ? key : `${loop}/${key}`;
      edges.set(id, { id, edge, scope, index: indices.get(edge) ?? 0 });
    }
  }
  const index = { graphs, nodes, edges };
  indexes.set(flow, index);
  return index;
}

/** Where a node stands, in a body too. */
export function findNode(flow: FlowDocument, id: string): NodePlace | undefined {
  return indexOf(flow).nodes.get(id);
}

/** All nodes; those of outer graphs first. */
export function allNodes(flow: FlowDocument): ReadonlyMap<string, NodePlace> {
  return indexOf(flow).nodes;
}

export function findEdge(flow: FlowDocument, id: EdgeId): EdgePlace | undefined {
  return indexOf(flow).edges.get(id);
}

export function allEdges(flow: FlowDocument): ReadonlyMap<EdgeId, EdgePlace> {
  return indexOf(flow).edges;
}

/** The graph of the innermost loop of a scope; absent if there is no such loop. */
export function graphAt(flow: FlowDocument, scope: Scope): Body | undefined {
  return indexOf(flow).graphs.get(scope.at(-1) ?? "")?.graph;
}

/** The scope of a loop's own body. */
export function scopeIn(flow: FlowDocument, loop: string): Scope | undefined {
  return indexOf(flow).graphs.get(loop)?.scope;
}

/** The document with one of its graphs changed; all other parts are shared. */
export function withGraph(flow: FlowDocument, scope: Scope, change: (graph: Body) => Body): FlowDocument {
  const next = changeGraph({ nodes: flow.nodes, edges: flow.edges }, scope, change);
  return next === undefined || (next.nodes === flow.nodes && next.edges === flow.edges) ? flow : { ...flow, ...next };
}

function changeGraph(graph: Body, scope: Scope, change: (graph: Body) => Body): Body | undefined {
  const [loop, ...rest] = scope;
  if (loop === undefined) return change(graph);
  const node = graph.nodes[loop];
  const body = node && bodyOf(node);
  if (node === undefined || body === undefined) return undefined;
  const next = changeGraph(body, rest, change);
  if (next === undefined || (next.nodes === body.nodes && next.edges === body.edges)) return undefined;
  const params = { ...node.params, body: { nodes: next.nodes, edges: next.edges } };
  return { nodes: { ...graph.nodes, [loop]: { ...node, params } }, edges: graph.edges };
}

/** The document with one node changed. */
export function withNode(flow: FlowDocument, id: string, change: (node: NodeSpec) => NodeSpec): FlowDocument {
  const place = findNode(flow, id);
  if (place === undefined) return flow;
  const next = change(place.node);
  if (next === place.node) return flow;
  return withGraph(flow, place.scope, ({ nodes, edges }) => ({ nodes: { ...nodes, [id]: next }, edges }));
}

/** The document with the edges of one graph changed. */
export function withEdges(flow: FlowDocument, scope: Scope, change: (edges: readonly Edge[]) => Edge[]): FlowDocument {
  return withGraph(flow, scope, ({ nodes, edges }) => ({ nodes, edges: change(edges) }));
}
