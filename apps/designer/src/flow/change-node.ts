/** Changing what a node is and says. */
import {
  applyChanges,
  changesBetween,
  isJsonObject,
  isNodeId,
  pointerParts,
  renameInDocument,
  type CompensateSpec,
  type FlowDocument,
  type Json,
  type JsonObject,
  type NodeManifest,
  type NodeSpec,
} from "@holdfast/dsl";
import { allNodes, findNode, withNode } from "./graphs.ts";

/** What can be said of a node besides its params; `undefined` takes a setting away. */
export type NodePatch = { readonly [key in Exclude<keyof NodeSpec, "params" | "type">]?: NodeSpec[key] | undefined } & {
  readonly type?: string;
  readonly params?: JsonObject;
};

export function setNode(flow: FlowDocument, id: string, patch: NodePatch): FlowDocument {
  return withNode(flow, id, (node) => {
    const entries = Object.entries({ ...node, ...patch }).filter(([, value]) => value !== undefined);
    const next: Partial<NodeSpec> = Object.fromEntries(entries);
    return { ...next, type: next.type ?? node.type, params: next.params ?? node.params };
  });
}

/** Sets a value in the params, making the objects on the way to it. `undefined` removes: a field, or an item of a list. */
export function setParam(flow: FlowDocument, id: string, pointer: string, value: Json | undefined): FlowDocument {
  return withNode(flow, id, (node) => {
    const params = withValue(node.params, pointerParts(pointer), value);
    return params === node.params || !isJsonObject(params ?? null) || !isJsonObject(params)
      ? node
      : { ...node, params };
  });
}

/** Lists take a number or `-` for one past their end; `undefined` removes. Shares all that it does not touch. */
export function withValue(
  current: Json | undefined,
  path: readonly string[],
  value: Json | undefined,
): Json | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(current)) {
    const index = key === "-" ? current.length : Number(key);
    if (!Number.isInteger(index) || index < 0 || index > current.length) return current;
    const item = withValue(current[index], rest, value);
    if (item === current[index]) return current;
    return item === undefined ? current.toSpliced(index, 1) : current.toSpliced(index, 1, item);
  }
  const object = isJsonObject(current) ? current : {};
  const old = Object.hasOwn(object, key) ? object[key] : undefined;
  const item = withValue(old, rest, value);
  if (item === old) return current;
  const entries = new Map(Object.entries(object));
  if (item === undefined) entries.delete(key);
  else entries.set(key, item);
  return Object.fromEntries(entries);
}

/** What people call the node; nothing takes the name away. The id stays. */
export function setName(flow: FlowDocument, id: string, name: string): FlowDocument {
  const clean = name.trim().slice(0, 200);
  return setNode(flow, id, { name: clean === "" ? undefined : clean });
}

/** Gives a node another id, in every edge and expression. The same document where the id can't be had. */
export function renameNode(
  flow: FlowDocument,
  manifests: readonly NodeManifest[],
  id: string,
  to: string,
): FlowDocument {
  if (id === to || !isNodeId(to) || allNodes(flow).has(to) || findNode(flow, id) === undefined) return flow;
  const renamed = renameInDocument(flow, id, to, manifests);
  return applyChanges(flow, changesBetween(flow, renamed)).document;
}

export function setJoin(flow: FlowDocument, id: string, join: "all" | "any"): FlowDocument {
  return setNode(flow, id, { join: join === "all" ? undefined : join });
}

/** What undoes the node's step; `undefined` for nothing. */
export function setCompensate(flow: FlowDocument, id: string, compensate: CompensateSpec | undefined): FlowDocument {
  return setNode(flow, id, { compensate });
}
