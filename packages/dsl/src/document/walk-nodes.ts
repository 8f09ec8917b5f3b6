/** Every node of a document, those in loop bodies included. */
import type { FlowDocument } from "./flow.ts";
import { isJsonObject } from "./json-field.ts";
import { bodySchema } from "./node.ts";
import type { Body, NodeSpec } from "./node.ts";
import { joinPointer } from "./pointer.ts";

export interface WalkedNode {
  readonly id: string;
  readonly node: NodeSpec;
  /** JSON pointer to the node. */
  readonly pointer: string;
  /** JSON pointer to the graph it stands in: `""`, or a loop's `…/params/body`. */
  readonly scope: string;
  /** The loop node whose body it stands in. */
  readonly loop?: string;
}

/** A graph of a document: the flow itself or a loop's body. */
export interface WalkedGraph {
  readonly graph: Body;
  /** JSON pointer; `""` for the flow itself. */
  readonly pointer: string;
  readonly loop?: string;
}

/**
 * The body that a loop node holds. A value under `params.body` is one if it has exactly the shape of one; validation
 * refuses such a value on a node that isn't a loop, so the question needs no manifest.
 */
export function bodyOf(node: NodeSpec): Body | undefined {
  const value = node.params["body"];
  return isBody(value) ? value : undefined;
}

/** Outer graphs before the bodies within them. */
export function* walkGraphs(flow: Body): Generator<WalkedGraph> {
  const open: WalkedGraph[] = [{ graph: { nodes: flow.nodes, edges: flow.edges }, pointer: "" }];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    yield next;
    for (const [id, node] of Object.entries(next.graph.nodes)) {
      const body = bodyOf(node);
      const pointer = joinPointer(next.pointer, "nodes", id, "params", "body");
      if (body !== undefined) open.push({ graph: body, pointer, loop: id });
    }
  }
}

/** Every node; those of outer graphs first. */
export function* walkNodes(flow: FlowDocument): Generator<WalkedNode> {
  for (const { graph, pointer: scope, loop } of walkGraphs(flow)) {
    for (const [id, node] of Object.entries(graph.nodes)) {
      const walked = { id, node, pointer: joinPointer(scope, "nodes", id), scope };
      yield loop === undefined ? walked : { ...walked, loop };
    }
  }
}

function isBody(value: unknown): value is Body {
  return isJsonObject(value) && "nodes" in value && "edges" in value && bodySchema.safeParse(value).success;
}
