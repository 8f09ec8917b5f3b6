/** Taking all nodes of a type to its newest version: what is asked of the server, and the document that comes of it. */
import {
  calledNodes,
  isJsonObject,
  joinPointer,
  parseFlow,
  pointerParts,
  walkNodes,
  type FlowDocument,
  type Json,
  type JsonObject,
  type NodeManifest,
} from "@holdfast/dsl";
import { withValue } from "./change-node.ts";
import { manifestOf, newestOf } from "./manifests.ts";

/** What the flow uses of a type, where something newer is installed. */
export interface Newer {
  readonly type: string;
  readonly from: number;
  readonly manifest: NodeManifest;
}

export function newerOf(flow: FlowDocument, manifests: readonly NodeManifest[], type: string): Newer | undefined {
  const from = flow.uses?.[type];
  const manifest = newestOf(manifests, type);
  return from === undefined || manifest === undefined || manifest.version <= from
    ? undefined
    : { type, from, manifest };
}

/** The params of the type, by where they stand: of nodes, of what undoes them, and of what they call. */
export function paramsOf(
  flow: FlowDocument,
  manifests: readonly NodeManifest[],
  type: string,
): Readonly<Record<string, JsonObject>> {
  const found = new Map<string, JsonObject>();
  for (const { node, pointer } of walkNodes(flow)) {
    for (const [spec, at] of [[node, pointer] as const, [node.compensate, `${pointer}/compensate`] as const]) {
      if (spec === undefined) continue;
      if (spec.type === type) found.set(`${at}/params`, spec.params);
      const manifest = manifestOf(flow, manifests, spec.type);
      for (const called of manifest === undefined ? [] : calledNodes(manifest, spec.params)) {
        const params = called.spec["params"];
        if (called.type === type && !called.isGiven && isJsonObject(params)) {
          found.set(`${at}/params${called.pointer}/params`, params);
        }
      }
    }
  }
  return Object.fromEntries(found);
}

/** The document with other params there, and the version that they are of. */
export function withVersion(
  flow: FlowDocument,
  { type, version }: { readonly type: string; readonly version: number },
  params: Readonly<Record<string, JsonObject>>,
): FlowDocument {
  const changes = [...Object.entries(params), [joinPointer("/uses", type), version] as const];
  let document: Json | undefined = { ...flow };
  for (const [pointer, value] of changes) document = withValue(document, pointerParts(pointer), value);
  const parsed = parseFlow(document);
  // What a migration gives can be too deep or too large for a document.
  return parsed.ok ? parsed.flow : flow;
}
