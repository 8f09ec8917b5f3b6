/** What follows from a change without being said: edges follow their ports, positions follow their nodes. */
import {
  ERROR_PORT,
  PORT_NAME,
  START,
  namedPorts,
  type Edge,
  type FlowDocument,
  type NodeManifest,
  type NodeSpec,
} from "@holdfast/dsl";
import { layoutFlow } from "../layout/layout-flow.ts";
import { allNodes, findNode, withEdges } from "./graphs.ts";
import { manifestOf } from "./manifests.ts";

/**
 * The document after a command, with its consequences: an outcome that was renamed takes its edges along, one that went
 * takes them away; positions of nodes that went are dropped; and as soon as one position is kept, all are, so that a
 * card that nobody touched stays where it was seen.
 */
export function settle(before: FlowDocument, after: FlowDocument, manifests: readonly NodeManifest[]): FlowDocument {
  if (before === after) return after;
  return settleLayout(before, settlePorts(before, after, manifests), manifests);
}

function settlePorts(before: FlowDocument, after: FlowDocument, manifests: readonly NodeManifest[]): FlowDocument {
  let flow = after;
  for (const [id, { node, scope }] of allNodes(after)) {
    const old = findNode(before, id)?.node;
    if (old === undefined || old.params === node.params || old.type !== node.type) continue;
    const manifest = manifestOf(after, manifests, node.type);
    if (manifest === undefined) continue;
    flow = withEdges(flow, scope, (edges) => followPorts(edges, id, portsOf(manifest, old), portsOf(manifest, node)));
  }
  return flow;
}

interface Ports {
  readonly names: readonly string[];
  /** By their places in the params. */
  readonly places: ReadonlyMap<string, string>;
}

function portsOf(manifest: NodeManifest, { params }: NodeSpec): Ports {
  const ports = namedPorts(manifest, params);
  const places = ports.flatMap(({ name, pointer }): [string, string][] =>
    pointer === undefined ? [] : [[pointer, name]],
  );
  return { names: ports.map(({ name }) => name), places: new Map(places) };
}

function followPorts(edges: readonly Edge[], id: string, before: Ports, after: Ports): Edge[] {
  const gone = new Set(before.names.filter((name) => !after.names.includes(name)));
  const come = after.names.filter((name) => !before.names.includes(name));
  if (gone.size === 0 && come.length === 0) return [...edges];
  const renamed = new Map<string, string>();
  for (const [place, name] of before.places) {
    const now = after.places.get(place);
    if (before.places.size === after.places.size && gone.has(name) && now !== undefined) renamed.set(name, now);
  }
  // Somebody who types a name passes through names that no port can have; its edges wait under the last good one.
  const strays = new Set(
    edges.filter(({ from, port }) => from === id && isStray(port, before)).map(({ port }) => port),
  );
  const [stray] = strays;
  const [fresh] = come;
  if (strays.size === 1 && stray !== undefined && fresh !== undefined) renamed.set(stray, fresh);
  return edges.flatMap((edge): Edge[] => {
    if (edge.from !== id || edge.port === undefined) return [edge];
    const name = renamed.get(edge.port);
    if (name !== undefined) return [PORT_NAME.test(name) ? { ...edge, port: name } : edge];
    return gone.has(edge.port) ? [] : [edge];
  });
}

function isStray(port: string | undefined, { names }: Ports): boolean {
  return port !== undefined && port !== ERROR_PORT && !names.includes(port);
}

function settleLayout(before: FlowDocument, after: FlowDocument, manifests: readonly NodeManifest[]): FlowDocument {
  const layout = after.layout;
  if (layout === undefined || Object.keys(layout).length === 0) return after;
  const nodes = allNodes(after);
  const kept = Object.entries(layout).filter(([id]) => id === START || nodes.has(id));
  const lost = kept.length < Object.keys(layout).length;
  const missing = [...nodes.keys()].filter((id) => !Object.hasOwn(layout, id));
  if (missing.length === 0) return lost ? { ...after, layout: Object.fromEntries(kept) } : after;
  const seen = layoutFlow(before, manifests, { keep: before.layout ?? {} });
  const old = missing.flatMap((id): [string, { x: number; y: number }][] => {
    const position = seen[id];
    return position === undefined ? [] : [[id, position]];
  });
  const keep = Object.fromEntries([...kept, ...old]);
  return { ...after, layout: layoutFlow(after, manifests, { keep }) };
}
