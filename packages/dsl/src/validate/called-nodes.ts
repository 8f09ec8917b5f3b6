/** Node types that a node runs itself, as its params say: the tools of an agent. */
import type { NodeManifest } from "../contract/manifest.ts";
import type { FlowDocument } from "../document/flow.ts";
import { isJsonObject } from "../document/json-field.ts";
import { walkNodes } from "../document/walk-nodes.ts";
import type { JsonObject } from "../json.ts";
import { walkParams } from "./param-walk.ts";

export interface CalledNode {
  /** JSON pointer into the params, to what has the hint `x-node`. */
  readonly pointer: string;
  readonly type: string;
  /** The hint names the type, and not the document. */
  readonly isGiven: boolean;
  /** As they stand in the document. */
  readonly spec: JsonObject;
}

const calling = new WeakMap<NodeManifest, boolean>();

/** Whether nodes of the type call others. Manifests live long; each is looked through once. */
export function callsOthers(manifest: NodeManifest): boolean {
  const known = calling.get(manifest) ?? JSON.stringify(manifest.params).includes('"x-node":');
  calling.set(manifest, known);
  return known;
}

/** In the order of the params. */
export function calledNodes(manifest: NodeManifest, params: JsonObject): readonly CalledNode[] {
  if (!callsOthers(manifest)) return [];
  return [...walkParams(manifest.params, params)].flatMap(({ pointer, value, schema }): CalledNode[] => {
    const hint = isJsonObject(schema) ? schema["x-node"] : undefined;
    if (hint === undefined || !isJsonObject(value)) return [];
    const type = typeof hint === "string" ? hint : value["type"];
    return typeof type === "string" ? [{ pointer, type, isGiven: typeof hint === "string", spec: value }] : [];
  });
}

/** Every type that running the document takes: those of its nodes, of what undoes them, and of what they call. */
export function typesIn(
  flow: FlowDocument,
  manifestOf: (type: string) => NodeManifest | undefined,
): ReadonlySet<string> {
  const types = new Set<string>();
  for (const { node } of walkNodes(flow)) {
    for (const { type, params } of node.compensate === undefined ? [node] : [node, node.compensate]) {
      types.add(type);
      const manifest = manifestOf(type);
      if (manifest !== undefined) for (const called of calledNodes(manifest, params)) types.add(called.type);
    }
  }
  return types;
}
