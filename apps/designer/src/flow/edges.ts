/** Drawing, moving and removing edges. */
import { DEFAULT_PORT, END, START, edgeKeyOf, type Edge, type FlowDocument, type NodeManifest } from "@holdfast/dsl";
import { findEdge, findNode, graphAt, scopeIn, withEdges, type EdgeId, type Scope } from "./graphs.ts";
import { declaredPorts, manifestOf } from "./manifests.ts";

/** The two ends of an edge. `loop` says in whose body, where neither of them is a node. */
export interface EdgeEnds {
  readonly from: string;
  readonly port?: string;
  readonly to: string;
  readonly loop?: string;
}

/** Why an edge can't be drawn. */
export type Refusal = "unknown" | "across" | "start" | "end" | "circle" | "exists";

/** An edge as it is written: without the port that goes without saying. */
export function edgeOf(from: string, port: string | undefined, to: string): Edge {
  return port === undefined || port === DEFAULT_PORT ? { from, to } : { from, port, to };
}

/** Absent: the edge can be drawn. */
export function whyNotConnect(flow: FlowDocument, ends: EdgeEnds): Refusal | undefined {
  if (ends.to === START) return "start";
  if (ends.from === END) return "end";
  const scope = scopeOf(flow, ends);
  if (typeof scope === "string") return scope;
  const edges = graphAt(flow, scope)?.edges ?? [];
  const edge = edgeOf(ends.from, ends.port, ends.to);
  if (edges.some((other) => edgeKeyOf(other) === edgeKeyOf(edge))) return "exists";
  return leadsTo(edges, ends.to, ends.from) ? "circle" : undefined;
}

/** Draws an edge. The same document where {@link whyNotConnect} has something against it. */
export function connect(flow: FlowDocument, ends: EdgeEnds): FlowDocument {
  const scope = scopeOf(flow, ends);
  if (typeof scope === "string" || whyNotConnect(flow, ends) !== undefined) return flow;
  return withEdges(flow, scope, (edges) => [...edges, edgeOf(ends.from, ends.port, ends.to)]);
}

export function disconnect(flow: FlowDocument, ids: readonly EdgeId[]): FlowDocument {
  return ids
    .flatMap((id) => findEdge(flow, id) ?? [])
    .reduce((current, { scope, edge }) => withEdges(current, scope, (edges) => withoutOne(edges, edge)), flow);
}

/** Leads an edge elsewhere, at one end or both. The same document if it can't be led there. */
export function reconnect(
  flow: FlowDocument,
  id: EdgeId,
  ends: { readonly from?: string; readonly port?: string; readonly to?: string },
): FlowDocument {
  const place = findEdge(flow, id);
  if (place === undefined) return flow;
  const { edge, scope } = place;
  const loop = scope.at(-1);
  const moved = { from: edge.from, to: edge.to, ...(edge.port !== undefined && { port: edge.port }), ...ends };
  const without = disconnect(flow, [id]);
  const target = loop === undefined ? moved : { ...moved, loop };
  if (whyNotConnect(without, target) !== undefined) return flow;
  return withEdges(flow, scope, (edges) =>
    edges.map((other) => (other === edge ? edgeOf(moved.from, moved.port, moved.to) : other)),
  );
}

/**
 * Puts a node on an edge: the edge leads to it, and its first outcome goes on to where the edge led. Other edges of the
 * node stay. A node that ends its branch, and one whose way would lead in a circle, is not put there.
 */
export function spliceNode(
  flow: FlowDocument,
  manifests: readonly NodeManifest[],
  id: string,
  onEdge: EdgeId,
): FlowDocument {
  const place = findEdge(flow, onEdge);
  const node = findNode(flow, id);
  if (place === undefined || node === undefined || node.scope.at(-1) !== place.scope.at(-1)) return flow;
  const { edge, scope } = place;
  if (edge.from === id || edge.to === id) return flow;
  const [first] = declaredPorts(manifestOf(flow, manifests, node.node.type), node.node) ?? [DEFAULT_PORT];
  if (first === undefined) return flow;
  const loop = scope.at(-1);
  const where = loop === undefined ? {} : { loop };
  const without = disconnect(flow, [onEdge]);
  const into = connectOnce(without, {
    from: edge.from,
    ...(edge.port !== undefined && { port: edge.port }),
    to: id,
    ...where,
  });
  const out = into && connectOnce(into, { from: id, port: first, to: edge.to, ...where });
  return out ?? flow;
}

/** Leads a port to a node, beside all that it leads to already. */
export function leadTo(
  flow: FlowDocument,
  after: { readonly from: string; readonly port?: string },
  to: string,
): FlowDocument {
  const loop = findNode(flow, to)?.scope.at(-1);
  return connect(flow, { ...after, to, ...(loop !== undefined && { loop }) });
}

/** Absent where the edge can't be drawn; the same document where it is there already. */
function connectOnce(flow: FlowDocument, ends: EdgeEnds): FlowDocument | undefined {
  const refusal = whyNotConnect(flow, ends);
  if (refusal === "exists") return flow;
  return refusal === undefined ? connect(flow, ends) : undefined;
}

function scopeOf(flow: FlowDocument, { from, to, loop }: EdgeEnds): Scope | Refusal {
  const scopes = [from === START ? undefined : from, to === END ? undefined : to].flatMap((id) =>
    id === undefined ? [] : [findNode(flow, id)?.scope],
  );
  if (scopes.includes(undefined)) return "unknown";
  const [scope = loop === undefined ? [] : (scopeIn(flow, loop) ?? []), other = scope] = scopes;
  return scope.at(-1) === other.at(-1) ? scope : "across";
}

/** Whether a way leads from one node to the other. */
function leadsTo(edges: readonly Edge[], from: string, to: string): boolean {
  const seen = new Set<string>([from]);
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true;
    for (const edge of edges) {
      if (edge.from !== at || seen.has(edge.to)) continue;
      seen.add(edge.to);
      open.push(edge.to);
    }
  }
  return false;
}

/** One of those that are equal; the last, as the others keep their ids then. */
function withoutOne(edges: readonly Edge[], edge: Edge): Edge[] {
  const at = edges.includes(edge)
    ? edges.indexOf(edge)
    : edges.findLastIndex((other) => edgeKeyOf(other) === edgeKeyOf(edge));
  return edges.filter((_, index) => index !== at);
}
