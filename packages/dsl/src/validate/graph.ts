/** A graph of the document, with what its nodes' manifests say, ready for the rules. */
import { DEFAULT_PORT, ERROR_PORT } from "../contract/manifest.ts";
import type { NodeManifest } from "../contract/manifest.ts";
import { namedPorts } from "../document/manifest-facts.ts";
import type { NamedPort } from "../document/manifest-facts.ts";
import { END, START } from "../document/names.ts";
import type { Edge, NodeSpec } from "../document/node.ts";
import { joinPointer } from "../document/pointer.ts";
import type { WalkedGraph } from "../document/walk-nodes.ts";
import { edgeKey } from "./graph-edge.ts";
import type { GraphEdge } from "./graph-edge.ts";
import type { ManifestIndex } from "./manifests.ts";
import { topologicalOrder } from "./order.ts";

export interface GraphNode {
  readonly id: string;
  readonly spec: NodeSpec;
  readonly pointer: string;
  /** Absent: the type is unknown, and nothing is said about its ports and params. */
  readonly manifest: NodeManifest | undefined;
  /** Declared ports, `error` left out. */
  readonly ports: readonly NamedPort[];
}

export interface Graph {
  /** `""`, or the pointer of the body. */
  readonly pointer: string;
  /** The loop node whose body this is. */
  readonly loop?: string;
  readonly nodes: ReadonlyMap<string, GraphNode>;
  /** The list in the document. */
  readonly source: readonly Edge[];
  /** As they are written, sound or not. */
  readonly written: readonly GraphEdge[];
  /** Those between nodes of this graph that leave by a port that exists; each once. */
  readonly edges: readonly GraphEdge[];
  /** Edges by their source, `start` included. */
  readonly outgoing: ReadonlyMap<string, readonly GraphEdge[]>;
  /** Edges by their target, `end` included. */
  readonly incoming: ReadonlyMap<string, readonly GraphEdge[]>;
  /** Nodes that can be reached and stand in no circle, sources first. */
  readonly order: readonly string[];
  /** Whether every node stands in `order`. */
  readonly sound: boolean;
}

export function buildGraph({ graph, pointer, loop }: WalkedGraph, manifests: ManifestIndex): Graph {
  const nodes = new Map(
    Object.entries(graph.nodes).map(([id, spec]): [string, GraphNode] => [id, graphNode(id, spec, pointer, manifests)]),
  );
  const written = graph.edges.map(({ from, port, to }, index) => ({
    pointer: joinPointer(pointer, "edges", index),
    from,
    port: port ?? DEFAULT_PORT,
    to,
  }));
  const edges = [
    ...new Map(written.filter((edge) => isSound(edge, nodes)).map((edge) => [edgeKey(edge), edge])).values(),
  ];
  const outgoing = groupBy(edges, (edge) => edge.from);
  const order = topologicalOrder(outgoing);
  const incoming = groupBy(edges, (edge) => edge.to);
  const built = { pointer, nodes, source: graph.edges, written, edges, outgoing, incoming, order };
  const sound = order.length === nodes.size;
  return loop === undefined ? { ...built, sound } : { ...built, loop, sound };
}

/** Whether the node's branch ends with it. */
export function isTerminal(node: GraphNode): boolean {
  return node.manifest?.ports.length === 0;
}

/** Whether an edge may leave by the port. Of an unknown type every port may exist. */
export function hasPort(node: GraphNode, port: string): boolean {
  if (node.manifest === undefined) return true;
  if (port === ERROR_PORT) return !isTerminal(node);
  return node.ports.some(({ name }) => name === port);
}

/** The ports by which the node can leave in a run: the declared ones, and `error` if it is connected. */
export function possiblePorts(graph: Graph, node: GraphNode): readonly string[] {
  const connected = new Set((graph.outgoing.get(node.id) ?? []).map((edge) => edge.port));
  if (node.manifest === undefined) return [...connected];
  const declared = node.ports.map(({ name }) => name);
  return [...new Set(connected.has(ERROR_PORT) ? [...declared, ERROR_PORT] : declared)];
}

const known = new WeakMap<NodeSpec, GraphNode>();

/** Nodes are never changed in place, and most of them stand in many documents. */
function graphNode(id: string, spec: NodeSpec, scope: string, manifests: ManifestIndex): GraphNode {
  const manifest = manifests.manifestOf(spec.type);
  const pointer = joinPointer(scope, "nodes", id);
  const before = known.get(spec);
  if (before?.pointer === pointer && before.manifest === manifest) return before;
  const ports = manifest === undefined ? [] : namedPorts(manifest, spec.params);
  const node = { id, spec, pointer, manifest, ports };
  known.set(spec, node);
  return node;
}

function isSound({ from, port, to }: GraphEdge, nodes: ReadonlyMap<string, GraphNode>): boolean {
  if (to !== END && !nodes.has(to)) return false;
  if (from === START) return port === DEFAULT_PORT;
  const source = nodes.get(from);
  return source !== undefined && hasPort(source, port);
}

function groupBy(edges: readonly GraphEdge[], keyOf: (edge: GraphEdge) => string): Map<string, GraphEdge[]> {
  const groups = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const group = groups.get(keyOf(edge));
    if (group === undefined) groups.set(keyOf(edge), [edge]);
    else group.push(edge);
  }
  return groups;
}
