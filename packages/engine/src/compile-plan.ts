/** From the document to the plan. */
import { DEFAULT_PORT, DSL_DEFAULTS, END, ERROR_PORT, bodyOf, effectOf, parseDuration, portsOf } from "@holdfast/dsl";
import type { Body, CompensateSpec, Edge, FlowDocument, NodeManifest, NodeSpec } from "@holdfast/dsl";
import { cutOf } from "./cut.ts";
import { EngineError } from "./errors.ts";
import { START_INDEX } from "./plan.ts";
import type { FlowPlan, Inlet, Outlet, Plan, PlanCompensation, PlanNode } from "./plan.ts";
import { DEFAULT_TIMEOUT, resolveRetry } from "./retry.ts";
import { topologicalOrder } from "./topology.ts";

/** The manifest of a node type, in the version that the flow is pinned to. */
export type ManifestLookup = (type: string) => NodeManifest | undefined;

/** What the engine reads of a document. */
export type FlowGraph = Pick<FlowDocument, "nodes" | "edges" | "settings">;

/**
 * Compiles a valid flow. An invalid one gives a plan for whatever can be walked of it.
 * @throws EngineError `cycle`, `unknown_node` (an edge of a node that is not there), `unknown_type`, `duplicate_node`
 */
export function compilePlan(flow: FlowGraph, manifests: ManifestLookup): FlowPlan {
  const bodies = new Map<string, Plan>();
  const root = compileGraph(flow, manifests, bodies);
  const finish = flow.settings?.timeouts?.finish;
  return {
    root: finish === undefined ? root : { ...root, finishTimeout: parseDuration(finish) },
    bodies: Object.fromEntries(bodies),
  };
}

/** Inner bodies first: whether a loop has something to undo is known from its body. */
function compileGraph(graph: Body, manifests: ManifestLookup, bodies: Map<string, Plan>): Plan {
  for (const [id, node] of Object.entries(graph.nodes)) {
    const body = bodyOf(node);
    if (body === undefined) continue;
    if (bodies.has(id)) throw new EngineError("duplicate_node", `Two loops are called “${id}”`);
    bodies.set(id, compileGraph(body, manifests, bodies));
  }
  const position = topologicalOrder(Object.keys(graph.nodes), graph.edges);
  const links = linkEdges(graph.edges, position);
  const bare = Object.entries(graph.nodes)
    .map(([id, spec]) => planNode(id, spec, { position, links, manifests, bodies }))
    .toSorted((a, b) => a.index - b.index);
  const order = bare.map((node) => (node.join === "any" ? { ...node, cut: cutOf(node, bare) } : node));
  return {
    nodes: Object.fromEntries(order.map((node) => [node.id, node])),
    order,
    cutters: order.filter((node) => node.cut.length > 0),
    terminals: order.filter((node) => node.terminal),
    undoable: order.filter((node) => node.compensate !== undefined || node.undoesChildren),
  };
}

interface Links {
  readonly incoming: ReadonlyMap<string, readonly Inlet[]>;
  readonly outgoing: ReadonlyMap<string, readonly Outlet[]>;
}

/** Edges from both ends, each once. */
function linkEdges(edges: readonly Edge[], position: ReadonlyMap<string, number>): Links {
  const incoming = new Map<string, Inlet[]>();
  const outgoing = new Map<string, Outlet[]>();
  const seen = new Set<string>();
  for (const { from, to, port = DEFAULT_PORT } of edges) {
    const key = JSON.stringify([from, port, to]);
    if (seen.has(key)) continue;
    seen.add(key);
    push(outgoing, from, { port, to });
    if (to !== END) push(incoming, to, { from, port, source: indexOf(position, from) });
  }
  return { incoming, outgoing };
}

interface Surroundings {
  readonly position: ReadonlyMap<string, number>;
  readonly links: Links;
  readonly manifests: ManifestLookup;
  readonly bodies: ReadonlyMap<string, Plan>;
}

function planNode(id: string, spec: NodeSpec, { position, links, manifests, bodies }: Surroundings): PlanNode {
  const body = bodies.get(id);
  const manifest = manifestOf(manifests, spec.type, id);
  const ports = portsOf(manifest, spec.params);
  const outgoing = links.outgoing.get(id) ?? [];
  return {
    id,
    index: indexOf(position, id),
    type: spec.type,
    ports,
    terminal: manifest.ports.length === 0,
    effect: effectOf(manifest, spec.params),
    onUnknown: spec.onUnknown ?? manifest.onUnknown ?? DSL_DEFAULTS.onUnknown,
    onExhausted: spec.onExhausted ?? DSL_DEFAULTS.onExhausted,
    retry: resolveRetry(spec.retry),
    timeout: spec.timeout === undefined ? DEFAULT_TIMEOUT : parseDuration(spec.timeout),
    ...(spec.totalTimeout !== undefined && { totalTimeout: parseDuration(spec.totalTimeout) }),
    keyRetention: parseDuration(spec.keyRetention ?? DSL_DEFAULTS.keyRetention),
    join: spec.join ?? DSL_DEFAULTS.join,
    incoming: links.incoming.get(id) ?? [],
    outgoing,
    hasErrorPort: outgoing.some((outlet) => outlet.port === ERROR_PORT),
    ...(spec.compensate !== undefined && { compensate: compensation(spec.compensate, id, manifests) }),
    undoesChildren: body !== undefined && body.undoable.length > 0,
    cut: [],
  };
}

function compensation({ type }: CompensateSpec, id: string, manifests: ManifestLookup): PlanCompensation {
  return { type, onUnknown: manifestOf(manifests, type, id).onUnknown ?? DSL_DEFAULTS.onUnknown };
}

function manifestOf(manifests: ManifestLookup, type: string, id: string): NodeManifest {
  const manifest = manifests(type);
  if (manifest === undefined) throw new EngineError("unknown_type", `“${id}” is of type “${type}”, which is not known`);
  return manifest;
}

/** Only `start` has no position. */
function indexOf(position: ReadonlyMap<string, number>, id: string): number {
  return position.get(id) ?? START_INDEX;
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
