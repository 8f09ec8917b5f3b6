/** Parts of a flow as text: for the clipboard, for patterns, for duplicates. */
import {
  DSL_VERSION,
  END,
  START,
  bodySchema,
  isJsonObject,
  parseFlow,
  renameInDocument,
  walkGraphs,
  type Body,
  type FlowDocument,
  type JsonObject,
  type NodeManifest,
} from "@holdfast/dsl";
import { allNodes, findNode, graphAt, scopeIn, withGraph } from "./graphs.ts";
import { freeId } from "./ids.ts";

/** Nodes of one graph with the edges between them, and where their cards stand. */
export interface Fragment extends Body {
  readonly layout: { readonly [id: string]: { x: number; y: number } };
}

/** The nodes as text; those in the bodies of loops that are copied as well come with their loops. */
export function copyFragment(flow: FlowDocument, ids: readonly string[]): string {
  const chosen = new Set(ids);
  const places = ids.flatMap((id) => findNode(flow, id) ?? []);
  const tops = places.filter(({ scope }) => !scope.some((loop) => chosen.has(loop)));
  const nodes = Object.fromEntries(tops.map(({ id, node }) => [id, node]));
  const edges = [...new Set(tops.map(({ graph }) => graph))].flatMap((graph) =>
    graph.edges.filter(({ from, to }) => Object.hasOwn(nodes, from) && Object.hasOwn(nodes, to)),
  );
  const within = idsWithin({ nodes, edges });
  const layout = Object.fromEntries(Object.entries(flow.layout ?? {}).filter(([id]) => within.has(id)));
  return JSON.stringify({ holdfast: "fragment", dsl: DSL_VERSION, nodes, edges, layout }, undefined, 2);
}

/** Reads a copied fragment, or a whole flow document; absent if the text is neither. Never throws. */
export function readFragment(text: string): Fragment | undefined {
  const value = jsonOf(text);
  if (value === undefined || value["dsl"] !== DSL_VERSION) return undefined;
  const asked = { nodes: value["nodes"], edges: value["edges"] };
  const parsed = parseFlow({
    dsl: DSL_VERSION,
    id: "fragment",
    name: "Fragment",
    triggers: [],
    ...asked,
    layout: value["layout"] ?? {},
  });
  if (!parsed.ok || !bodySchema.safeParse(asked).success) return undefined;
  const { nodes, edges, layout = {} } = parsed.flow;
  return { nodes, edges, layout };
}

interface Place {
  readonly x: number;
  readonly y: number;
}

export interface PasteOptions {
  /** Where the top left card comes to stand; beside the copied ones if absent. */
  readonly at?: Place;
  /** The loop whose body it is pasted into. */
  readonly into?: string;
  /** They tell expressions from plain text where references are rewritten. */
  readonly manifests?: readonly NodeManifest[];
}

/** Adds the nodes of a fragment. Those whose ids are taken get fresh ones, also in what refers to them. */
export function pasteFragment(
  flow: FlowDocument,
  text: string,
  options: PasteOptions = {},
): { flow: FlowDocument; ids: string[] } {
  const fragment = readFragment(text);
  const scope = options.into === undefined ? [] : scopeIn(flow, options.into);
  if (fragment === undefined || scope === undefined || graphAt(flow, scope) === undefined) return { flow, ids: [] };
  const { nodes, edges, layout } = withFreshIds(fragment, flow, options.manifests ?? []);
  const inner = edges.filter(({ from, to }) => from !== START && to !== START && from !== END);
  const pasted = withGraph(flow, scope, (graph) => ({
    nodes: { ...graph.nodes, ...nodes },
    edges: [
      ...graph.edges,
      ...inner.filter(({ from, to }) => isWithin(nodes, from) && (to === END || isWithin(nodes, to))),
    ],
  }));
  const ids = Object.keys(nodes);
  const moved = movedTo(layout, ids, options.at ?? besideOthers(layout, ids, flow.layout ?? {}));
  if (Object.keys(moved).length === 0) return { flow: pasted, ids };
  return { flow: { ...pasted, layout: { ...pasted.layout, ...moved } }, ids };
}

function isWithin(nodes: Body["nodes"], id: string): boolean {
  return Object.hasOwn(nodes, id);
}

function withFreshIds(fragment: Fragment, flow: FlowDocument, manifests: readonly NodeManifest[]): Fragment {
  const taken = new Set(allNodes(flow).keys());
  const own = idsWithin(fragment);
  let document: FlowDocument = {
    dsl: DSL_VERSION,
    id: "fragment",
    name: "Fragment",
    triggers: [],
    nodes: fragment.nodes,
    edges: fragment.edges,
    layout: { ...fragment.layout },
  };
  for (const id of own) {
    if (!taken.has(id)) continue;
    const fresh = freeId(id, (other) => taken.has(other) || own.has(other));
    document = renameInDocument(document, id, fresh, manifests);
    taken.add(fresh);
  }
  return { nodes: document.nodes, edges: document.edges, layout: document.layout ?? {} };
}

/** How far a copy is moved off the cards that it would hide. */
const ASIDE = 32;

/** Where the top left card comes to stand, so that no card wholly hides another: pasted twice, two are seen. */
function besideOthers(layout: Fragment["layout"], ids: readonly string[], others: Fragment["layout"]): Place {
  const outer = ids.flatMap((id) => layout[id] ?? []);
  const taken = new Set(Object.values(others).map(({ x, y }) => `${x} ${y}`));
  let by = ASIDE;
  while (outer.some(({ x, y }) => taken.has(`${x + by} ${y + by}`))) by += ASIDE;
  return { x: leftOf(outer) + by, y: topOf(outer) + by };
}

/** Cards in bodies stand relative to their loops, so only the outer ones move. */
function movedTo(layout: Fragment["layout"], ids: readonly string[], to: Place): { [id: string]: Place } {
  const outer = ids.flatMap((id) => layout[id] ?? []);
  if (outer.length === 0) return { ...layout };
  const [left, top] = [leftOf(outer), topOf(outer)];
  return Object.fromEntries(
    Object.entries(layout).map(([id, { x, y }]) => [
      id,
      ids.includes(id) ? { x: Math.round(x - left + to.x), y: Math.round(y - top + to.y) } : { x, y },
    ]),
  );
}

function leftOf(places: readonly Place[]): number {
  return Math.min(...places.map(({ x }) => x));
}

function topOf(places: readonly Place[]): number {
  return Math.min(...places.map(({ y }) => y));
}

/** Every node of the graph, those in bodies included. */
function idsWithin(graph: Body): Set<string> {
  return new Set([...walkGraphs(graph)].flatMap((walked) => Object.keys(walked.graph.nodes)));
}

function jsonOf(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Copies nodes beside themselves. */
export function duplicate(
  flow: FlowDocument,
  ids: readonly string[],
  manifests: readonly NodeManifest[],
): { flow: FlowDocument; ids: string[] } {
  const loop = ids.map((id) => findNode(flow, id)?.scope.at(-1)).find((scope) => scope !== undefined);
  return pasteFragment(flow, copyFragment(flow, ids), { manifests, ...(loop === undefined ? {} : { into: loop }) });
}
