/** One node of the flow, wherever it stands, and what its edges say. */
import { END, namedPorts, walkGraphs, joinPointer } from "@holdfast/dsl";
import type { Body, FlowDocument, NodeManifest, NodeSpec } from "@holdfast/dsl";
import { nameOf } from "../canvas/node-facts.ts";

export interface NodePlace {
  readonly id: string;
  readonly node: NodeSpec;
  readonly pointer: string;
  readonly graph: Body;
}

export function placeOfNode(flow: FlowDocument, id: string): NodePlace | undefined {
  for (const { graph, pointer } of walkGraphs(flow)) {
    const node = Object.hasOwn(graph.nodes, id) ? graph.nodes[id] : undefined;
    if (node !== undefined) return { id, node, pointer: joinPointer(pointer, "nodes", id), graph };
  }
  return undefined;
}

/** What people call a node: as its card does. */
export function nameOfNode(flow: FlowDocument, id: string): string {
  const place = placeOfNode(flow, id);
  return place === undefined ? id : nameOf(id, place.node);
}

/** Where a port leads: nodes, the end, or nowhere. */
export function targetsOf({ graph, id }: NodePlace, port: string): readonly string[] {
  return graph.edges.filter((edge) => edge.from === id && (edge.port ?? "out") === port).map(({ to }) => to);
}

/** The ports that the params do not name, such as `timeout` and `otherwise`. */
export function fixedPorts(manifest: NodeManifest, node: NodeSpec): readonly string[] {
  return namedPorts(manifest, node.params)
    .filter(({ pointer }) => pointer === undefined)
    .map(({ name }) => name);
}

export function isEnd(target: string): boolean {
  return target === END;
}

/** How many ways lead to the node. */
export function waysTo({ graph, id }: NodePlace): number {
  return graph.edges.filter(({ to }) => to === id).length;
}
