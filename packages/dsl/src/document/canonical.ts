/**
 * The one text of a document. Two documents that mean the same have the same text, and a small change to one is a
 * small change to the other: known keys come in a fixed order, all others and all ids sorted, what is the default is
 * left out, an edge and a position take one line each.
 */
import type { Json, JsonObject } from "../json.ts";
import type { FlowDocument } from "./flow.ts";
import { compareText } from "./compare-text.ts";
import { isJsonObject } from "./json-field.ts";
import { DSL_DEFAULTS } from "./node.ts";
import type { Body, Edge, NodeSpec, RetrySpec } from "./node.ts";
import { DEFAULT_PORT } from "../contract/manifest.ts";
import { bodyOf } from "./walk-nodes.ts";

/** The text that is stored. Reading it gives an equal document; writing that gives the same text again. */
export function canonicalText(flow: FlowDocument): string {
  return `${print(canonicalForm(flow), "", [])}\n`;
}

/** The document in its canonical order, without defaults. */
export function canonicalForm(flow: FlowDocument): JsonObject {
  return compact({
    $schema: flow.$schema,
    dsl: flow.dsl,
    id: flow.id,
    name: flow.name,
    description: flow.description,
    triggers: sorted(flow.triggers),
    input: flow.input && sorted(flow.input),
    ...canonicalGraph(flow),
    settings: unlessEmpty(
      flow.settings &&
        compact({
          requester: flow.settings.requester,
          timeZone: flow.settings.timeZone,
          timeouts: unlessEmpty(flow.settings.timeouts && { ...flow.settings.timeouts }),
        }),
    ),
    uses: unlessEmpty(flow.uses && sortedObject(flow.uses)),
    tests: flow.tests !== undefined && flow.tests.length > 0 ? sorted(flow.tests) : undefined,
    layout: unlessEmpty(flow.layout && sortedObject(flow.layout)),
    notes: unlessEmpty(flow.notes && sortedObject(flow.notes)),
  });
}

/** A graph's nodes and edges in canonical form. */
export function canonicalGraph(graph: Body): { nodes: JsonObject; edges: Json[] } {
  const ids = Object.keys(graph.nodes).toSorted(compareText);
  const nodes = ids.flatMap((id): [string, Json][] => {
    const node = graph.nodes[id];
    return node === undefined ? [] : [[id, canonicalNode(node)]];
  });
  return { nodes: Object.fromEntries(nodes), edges: canonicalEdges(graph.edges) };
}

function canonicalNode(node: NodeSpec): JsonObject {
  const body = bodyOf(node);
  const params = sortedObject(body === undefined ? node.params : { ...node.params, body: canonicalGraph(body) });
  return compact({
    type: node.type,
    name: node.name,
    params: body === undefined ? params : { ...params, body: canonicalGraph(body) },
    credential: node.credential,
    join: unlessDefault(node.join, DSL_DEFAULTS.join),
    retry: unlessEmpty(node.retry && canonicalRetry(node.retry)),
    timeout: unlessDefault(node.timeout, DSL_DEFAULTS.timeout),
    totalTimeout: node.totalTimeout,
    onExhausted: unlessDefault(node.onExhausted, DSL_DEFAULTS.onExhausted),
    onUnknown: node.onUnknown,
    keyRetention: unlessDefault(node.keyRetention, DSL_DEFAULTS.keyRetention),
    compensate:
      node.compensate &&
      compact({
        type: node.compensate.type,
        params: sorted(node.compensate.params),
        credential: node.compensate.credential,
      }),
  });
}

function canonicalRetry(retry: RetrySpec): JsonObject {
  const defaults = DSL_DEFAULTS.retry;
  return compact({
    maxAttempts: unlessDefault(retry.maxAttempts, defaults.maxAttempts),
    initialInterval: unlessDefault(retry.initialInterval, defaults.initialInterval),
    backoff: unlessDefault(retry.backoff, defaults.backoff),
    maxInterval: unlessDefault(retry.maxInterval, defaults.maxInterval),
    jitter: unlessDefault(retry.jitter, defaults.jitter),
  });
}

function canonicalEdges(edges: readonly Edge[]): JsonObject[] {
  return edges
    .map((edge) => compact({ from: edge.from, port: unlessDefault(edge.port, DEFAULT_PORT), to: edge.to }))
    .toSorted((a, b) =>
      compareText(
        JSON.stringify([a["from"], a["port"] ?? "", a["to"]]),
        JSON.stringify([b["from"], b["port"] ?? "", b["to"]]),
      ),
    );
}

/** Keys sorted at every depth; lists keep their order. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  return isJsonObject(value) ? sortedObject(value) : value;
}

function sortedObject(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => compareText(a, b))
      .map(([key, entry]) => [key, sorted(entry)]),
  );
}

function compact(fields: { readonly [key: string]: Json | undefined }): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]): [string, Json][] => (value === undefined ? [] : [[key, value]])),
  );
}

function unlessDefault<T extends Json>(value: T | undefined, standard: Json): T | undefined {
  return value === standard ? undefined : value;
}

function unlessEmpty(value: JsonObject | undefined): JsonObject | undefined {
  return value !== undefined && Object.keys(value).length > 0 ? value : undefined;
}

/** `path` tells edges and positions, which take one line each, from everything else. */
function print(value: Json, indent: string, path: readonly string[]): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Array.isArray(value)
    ? value.map((entry): readonly [string, Json] => ["", entry])
    : Object.entries(value);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  if (entries.length === 0) return open + close;
  const label = (key: string): string => (Array.isArray(value) ? "" : `${JSON.stringify(key)}: `);
  if (takesOneLine(path)) {
    return `${open} ${entries.map(([key, entry]) => label(key) + JSON.stringify(entry)).join(", ")} ${close}`;
  }
  const deeper = `${indent}  `;
  const lines = entries.map(([key, entry]) => `${deeper}${label(key)}${print(entry, deeper, [...path, key])}`);
  return `${open}\n${lines.join(",\n")}\n${indent}${close}`;
}

function takesOneLine(path: readonly string[]): boolean {
  if (path[0] === "layout") return path.length === 2;
  const [list, element] = path.slice(-2);
  return list === "edges" && element === "" && (path.length === 2 || path.at(-3) === "body");
}
