/** Putting a new node into a flow. */
import {
  DEFAULT_PORT,
  END,
  START,
  applyDefaults,
  isJsonObject,
  portsOf,
  type Edge,
  type FlowDocument,
  type Json,
  type JsonObject,
  type NodeManifest,
  type NodeSpec,
} from "@holdfast/dsl";
import { edgeOf } from "./edges.ts";
import { allNodes, findEdge, findNode, graphAt, scopeIn, withGraph, type EdgeId, type Scope } from "./graphs.ts";
import { freeId, idFromName } from "./ids.ts";

export interface NewNode {
  readonly name?: string;
  /** Which of the manifest's presets it begins with; the first if absent. */
  readonly preset?: string;
  /** Instead of a preset's. */
  readonly params?: JsonObject;
  /** Where its card stands; next to what it follows if absent. */
  readonly at?: { readonly x: number; readonly y: number };
  /** What it follows. What followed there comes after the new node. `from` may be `start`, of the graph of `into`. */
  readonly after?: { readonly from: string; readonly port?: string };
  /** The loop in whose body it stands, where nothing else says so. */
  readonly into?: string;
  /** The edge that it is put on. */
  readonly onEdge?: EdgeId;
}

/** Adds a node with an id that is made from its name or type, connected as asked. */
export function addNode(
  flow: FlowDocument,
  manifest: NodeManifest,
  options: NewNode = {},
): { flow: FlowDocument; id: string } {
  const preset = manifest.presets?.find(({ id }) => id === options.preset) ?? manifest.presets?.[0];
  const wish = (options.name === undefined ? undefined : idFromName(options.name)) ?? preset?.id ?? idOfType(manifest);
  const id = freeId(wish, (other) => allNodes(flow).has(other));
  const params = options.params ?? startingParams(manifest, preset?.params, { flow: flow.id, node: id });
  const name = options.name?.trim().slice(0, 200);
  const node: NodeSpec = {
    type: manifest.type,
    ...(name !== undefined && name !== "" && { name }),
    params,
  };
  const { scope, cut } = placeFor(flow, options);
  const [first] = portsOf(manifest, params);
  const added = withGraph(flow, scope, ({ nodes, edges }) => ({
    nodes: { ...nodes, [id]: node },
    edges: spliced(edges, cut, id, first),
  }));
  return { flow: options.at === undefined ? added : withPosition(added, id, options.at), id };
}

/** Where the new node comes in: after a port, with the edges that are to follow it instead. */
interface Cut {
  readonly from: string;
  readonly port: string;
  readonly edges: readonly Edge[];
}

function placeFor(flow: FlowDocument, options: NewNode): { scope: Scope; cut?: Cut } {
  const onEdge = options.onEdge === undefined ? undefined : findEdge(flow, options.onEdge);
  if (onEdge !== undefined) {
    const { edge, scope } = onEdge;
    return { scope, cut: { from: edge.from, port: edge.port ?? DEFAULT_PORT, edges: [edge] } };
  }
  const from = options.after?.from;
  const into = (options.into === undefined ? undefined : scopeIn(flow, options.into)) ?? [];
  const own = from === undefined || from === START ? into : findNode(flow, from)?.scope;
  const scope = own ?? into;
  const graph = graphAt(flow, scope) ?? { nodes: {}, edges: [] };
  const source = from ?? (Object.keys(graph.nodes).length === 0 ? START : undefined);
  if (source === undefined || own === undefined) return { scope };
  const port = options.after?.port ?? DEFAULT_PORT;
  const edges = graph.edges.filter((edge) => edge.from === source && (edge.port ?? DEFAULT_PORT) === port);
  return { scope, cut: { from: source, port, edges } };
}

function spliced(edges: Edge[], cut: Cut | undefined, id: string, first: string | undefined): Edge[] {
  if (cut === undefined) return edges;
  const into = edgeOf(cut.from, cut.port, id);
  // A node that ends its branch takes the place of an end, and stands beside anything else.
  const moved = first === undefined ? cut.edges.filter(({ to }) => to === END) : cut.edges;
  const rest = edges.filter((edge) => !moved.includes(edge));
  const on = first === undefined ? [] : moved.map(({ to }) => edgeOf(id, first, to));
  return [...rest, into, ...on];
}

/** A preset's params or the first example's, with the defaults of the schema for what they leave out of what is required. */
function startingParams(
  manifest: NodeManifest,
  preset: JsonObject | undefined,
  ids: { readonly flow: string; readonly node: string },
): JsonObject {
  const params = named(preset ?? manifest.examples[0]?.params ?? {}, ids);
  const filled = preset === undefined ? applyDefaults(manifest.params, params) : params;
  return isJsonObject(filled) ? filled : {};
}

function named(value: Json, ids: { readonly flow: string; readonly node: string }): Json {
  if (typeof value === "string") return value.replaceAll("$flow", ids.flow).replaceAll("$node", ids.node);
  if (Array.isArray(value)) return value.map((item) => named(item, ids));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, named(item, ids)]));
}

function idOfType({ type }: NodeManifest): string {
  return type.split(".").at(-1) ?? type;
}

function withPosition(flow: FlowDocument, id: string, at: { readonly x: number; readonly y: number }): FlowDocument {
  return { ...flow, layout: { ...flow.layout, [id]: { x: Math.round(at.x), y: Math.round(at.y) } } };
}
