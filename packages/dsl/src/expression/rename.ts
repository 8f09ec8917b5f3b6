/** Giving a node another id, everywhere it is mentioned. */
import type { NodeManifest } from "../contract/manifest.ts";
import type { FlowDocument } from "../document/flow.ts";
import { isJsonObject } from "../document/json-field.ts";
import { bodyOf } from "../document/walk-nodes.ts";
import type { Body, NodeSpec } from "../document/node.ts";
import type { Scenario } from "../document/scenario.ts";
import { joinPointer } from "../document/pointer.ts";
import type { Json, JsonObject, JsonSchema } from "../json.ts";
import { mentionsIn, renameMentions } from "./mentions.ts";
import { placeBelow, rootPlace } from "./sites.ts";
import type { Place } from "./sites.ts";

/** Manifests by node type, as far as they are known. */
export type KnownManifests = readonly NodeManifest[];

/**
 * A copy of the document in which a node has another id: its key, edges, layout, tests, every reference in an
 * expression, and where an inbox section names it. All other text stays as it is, to the character.
 *
 * @param manifests tell conditions from plain text. Without the manifest of a type, a string of its params counts as a
 *   condition if it is an expression that mentions the node.
 */
export function renameInDocument(
  flow: FlowDocument,
  from: string,
  to: string,
  manifests: KnownManifests = [],
): FlowDocument {
  if (from === to) return flow;
  const rename = (id: string): string => (id === from ? to : id);
  const rewrite = new Rewrite(manifests, (text, kind) =>
    kind === "id" ? rename(text) : renameMentions(text, kind, from, to),
  );
  const graph = renameInGraph(flow, from, to, rewrite);
  return {
    ...flow,
    ...graph,
    triggers: flow.triggers.map((trigger) =>
      trigger.type === "event" && trigger.input !== undefined
        ? { ...trigger, input: rewrite.template(trigger.input, "") }
        : trigger,
    ),
    ...(flow.layout === undefined ? {} : { layout: renameKey(flow.layout, from, to) }),
    ...(flow.tests === undefined ? {} : { tests: flow.tests.map((test) => renameInScenario(test, from, to)) }),
  };
}

/** Where a node is mentioned. */
export interface DocumentReference {
  /** JSON pointer to the string in the document. */
  readonly pointer: string;
  /** Offsets of the node's id in that string. */
  readonly start: number;
  readonly end: number;
}

/** Every mention of a node in an expression or an inbox section of the document; edges are not among them. */
export function referencesTo(flow: FlowDocument, id: string, manifests: KnownManifests = []): DocumentReference[] {
  const found: DocumentReference[] = [];
  const rewrite = new Rewrite(manifests, (text, kind, pointer) => {
    if (kind === "id") {
      if (text === id) found.push({ pointer, start: 0, end: text.length });
      return text;
    }
    for (const mention of mentionsIn(text, kind)) {
      if (mention.id === id) found.push({ pointer, start: mention.start, end: mention.end });
    }
    return text;
  });
  flow.triggers.forEach((trigger, index) => {
    if (trigger.type === "event") rewrite.template(trigger.input ?? null, joinPointer("/triggers", index, "input"));
  });
  visitGraph(flow, "", rewrite);
  return found;
}

function visitGraph(graph: Body, pointer: string, rewrite: Rewrite): void {
  for (const [id, node] of Object.entries(graph.nodes)) {
    const at = joinPointer(pointer, "nodes", id);
    rewrite.node(node, at);
    const body = bodyOf(node);
    if (body !== undefined) visitGraph(body, joinPointer(at, "params", "body"), rewrite);
  }
}

function renameInGraph(graph: Body, from: string, to: string, rewrite: Rewrite): Body {
  const nodes = Object.entries(graph.nodes).map(([id, node]): [string, NodeSpec] => {
    const renamed = rewrite.node(node, "");
    const body = bodyOf(node);
    const params: JsonObject =
      body === undefined
        ? renamed.params
        : { ...renamed.params, body: bodyJson(renameInGraph(body, from, to, rewrite), node) };
    return [id === from ? to : id, { ...renamed, params }];
  });
  const edges = graph.edges.map((edge) => ({
    ...edge,
    from: edge.from === from ? to : edge.from,
    to: edge.to === from ? to : edge.to,
  }));
  return { nodes: Object.fromEntries(nodes), edges };
}

/** A body is JSON: it was read out of the params. */
function bodyJson(body: Body, original: NodeSpec): Json {
  const json: unknown = JSON.parse(JSON.stringify(body));
  return isJsonObject(json) ? json : (original.params["body"] ?? null);
}

function renameKey<Value>(record: { readonly [id: string]: Value }, from: string, to: string): { [id: string]: Value } {
  return Object.fromEntries(Object.entries(record).map(([id, value]) => [id === from ? to : id, value]));
}

function renameInScenario(scenario: Scenario, from: string, to: string): Scenario {
  const rename = (id: string) => (id === from ? to : id);
  const { answers, decisions, incidents, skips, expect } = scenario;
  const renamed = <Told extends { readonly node: string }>(told: readonly Told[]): Told[] =>
    told.map((one) => ({ ...one, node: rename(one.node) }));
  return {
    ...scenario,
    ...(answers === undefined ? {} : { answers: renameKey(answers, from, to) }),
    ...(decisions === undefined ? {} : { decisions: renamed(decisions) }),
    ...(incidents === undefined ? {} : { incidents: renamed(incidents) }),
    ...(skips === undefined ? {} : { skips: renamed(skips) }),
    expect: {
      ...expect,
      ...(expect.reached === undefined ? {} : { reached: expect.reached.map(rename) }),
      ...(expect.notReached === undefined ? {} : { notReached: expect.notReached.map(rename) }),
    },
  };
}

type Change = (text: string, kind: "condition" | "template" | "id", pointer: string) => string;

/** Takes every text that holds an expression through a change. */
class Rewrite {
  readonly #manifests: KnownManifests;
  readonly #change: Change;

  constructor(manifests: KnownManifests, change: Change) {
    this.#manifests = manifests;
    this.#change = change;
  }

  node(node: NodeSpec, pointer: string): NodeSpec {
    const params = this.#params(node.type, node.params, joinPointer(pointer, "params"));
    if (node.compensate === undefined) return { ...node, params };
    const { type, params: undo } = node.compensate;
    const compensate = this.#params(type, undo, joinPointer(pointer, "compensate", "params"));
    return { ...node, params, compensate: { ...node.compensate, params: compensate } };
  }

  template(value: Json, pointer: string): Json {
    if (typeof value === "string") return this.#change(value, "template", pointer);
    return mapChildren(value, (item, key) => this.template(item, joinPointer(pointer, key)));
  }

  #params(type: string, params: JsonObject, pointer: string): JsonObject {
    const schema = this.#manifests.find((manifest) => manifest.type === type)?.params;
    const changed =
      schema === undefined ? this.#guess(params, pointer) : this.#at(params, pointer, rootPlace(schema), schema);
    return this.#inbox(isJsonObject(changed) ? changed : params, pointer);
  }

  /** Whoever decided a node may not decide another: it is named by its id alone. */
  #inbox(params: JsonObject, pointer: string): JsonObject {
    const { inbox } = params;
    if (!isJsonObject(inbox) || !Array.isArray(inbox["notDecidersOf"])) return params;
    const at = joinPointer(pointer, "inbox", "notDecidersOf");
    const notDecidersOf = inbox["notDecidersOf"].map((id, index) =>
      typeof id === "string" ? this.#change(id, "id", joinPointer(at, index)) : id,
    );
    return { ...params, inbox: { ...inbox, notDecidersOf } };
  }

  #at(value: Json, pointer: string, place: Place, root: JsonSchema): Json {
    if (place.mode === "skip") return value;
    if (typeof value === "string") return this.#change(value, place.mode, pointer);
    return mapChildren(value, (item, key) =>
      this.#at(item, joinPointer(pointer, key), placeBelow(place, key, value, root), root),
    );
  }

  /** Without a manifest: braces make a template, and what mentions a node without them is a condition. */
  #guess(value: Json, pointer: string, key?: string | number): Json {
    if (typeof value === "string") return this.#change(value, value.includes("{{") ? "template" : "condition", pointer);
    if (key === "body" && isJsonObject(value) && isJsonObject(value["nodes"])) return value;
    return mapChildren(value, (item, name) => this.#guess(item, joinPointer(pointer, name), name));
  }
}

function mapChildren(value: Json, change: (item: Json, key: string | number) => Json): Json {
  if (Array.isArray(value)) return value.map((item, index) => change(item, index));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item, key)]));
}
