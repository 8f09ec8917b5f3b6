import type { Json, JsonObject } from "../json.ts";
import { canonicalForm } from "./canonical.ts";
import type { FlowDocument } from "./flow.ts";
import type { Body, NodeSpec } from "./node.ts";
import { sha256 } from "./sha256.ts";
import { bodyOf } from "./walk-nodes.ts";

/**
 * Identifies what a document does: equal for two documents that differ only in layout, notes, tests, names,
 * descriptions, `$schema`, key order or defaults that are written out. 64 hexadecimal digits.
 */
export function semanticHash(flow: FlowDocument): string {
  return sha256(JSON.stringify(semanticForm(flow)));
}

/** The document without what is only for people, in canonical order. */
export function semanticForm(flow: FlowDocument): JsonObject {
  const { $schema, name, description, tests, layout, notes, ...rest } = canonicalForm({
    ...flow,
    ...withoutNames(flow),
  });
  return rest;
}

function withoutNames(graph: Body): Body {
  const nodes = Object.entries(graph.nodes).map(([id, node]): [string, NodeSpec] => [id, withoutName(node)]);
  return { nodes: Object.fromEntries(nodes), edges: graph.edges };
}

function withoutName(node: NodeSpec): NodeSpec {
  const { name, ...rest } = node;
  const body = bodyOf(node);
  return body === undefined ? rest : { ...rest, params: { ...rest.params, body: withoutNames(body) satisfies Json } };
}
