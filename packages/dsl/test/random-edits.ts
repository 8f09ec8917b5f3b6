/** Edits of real documents, at random: what several people might do to one of them at the same time. */
import { readFileSync, readdirSync } from "node:fs";
import fc from "fast-check";
import type { FlowDocument } from "../src/document/flow.ts";
import { isJsonObject } from "../src/document/json-field.ts";
import { parseFlow } from "../src/document/parse-flow.ts";
import type { Json, JsonObject } from "../src/json.ts";

const folders = [new URL("../../../examples/", import.meta.url), new URL("../fixtures/valid/", import.meta.url)];

/** The examples, and the fixtures with their loops. */
export const documents: readonly FlowDocument[] = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".flow.json"))
    .map((file) => documentOf(JSON.parse(readFileSync(new URL(file, folder), "utf8")))),
);

/** One edit, by numbers that choose among what the document offers. */
export interface Edit {
  readonly kind: "set" | "remove" | "insertNode" | "removeEdge" | "addEdge" | "repeatEdge" | "move" | "swap";
  readonly a: number;
  readonly b: number;
  readonly value: Json;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom("set", "remove", "insertNode", "removeEdge", "addEdge", "repeatEdge", "move", "swap"),
  a: fc.nat(10_000),
  b: fc.nat(10_000),
  value: fc.oneof(
    fc.constantFrom<Json>("7d", "{{ nodes.a }}", 1, true, [], {}, { body: { nodes: {}, edges: [] } }),
    fc.dictionary(fc.constantFrom("a", "b", "edges", "body"), fc.constantFrom<Json>(1, [{ from: "a", to: "b" }], {}), {
      noNullPrototype: true,
    }),
  ),
});

export const edits = fc.array(edit, { maxLength: 8 });

/** A document and an edited one; edits that would take its shape away are left out. */
export function edited(flow: FlowDocument, list: readonly Edit[]): FlowDocument {
  return list.reduce((current, one) => {
    const copy = structuredClone(current);
    const graphs = graphsIn(copy);
    const graph = graphs[one.a % graphs.length];
    if (graph !== undefined) change(copy, graph, one);
    const parsed = parseFlow(copy);
    return parsed.ok ? parsed.flow : current;
  }, flow);
}

interface Graph {
  readonly nodes: JsonObject;
  readonly edges: Json[];
}

function change(flow: JsonObject, { nodes, edges }: Graph, { kind, a, b, value }: Edit): void {
  const names = ["start", ...Object.keys(nodes), "end", "odd|one"];
  const pick = (list: readonly string[], at: number): string => list[at % Math.max(1, list.length)] ?? "";
  const node = nodes[pick(Object.keys(nodes), b)];
  const params = isJsonObject(node) && isJsonObject(node["params"]) ? node["params"] : {};
  const edge = edges[b % Math.max(1, edges.length)];
  switch (kind) {
    case "set":
      if (b % 5 === 0) flow["settings"] = { timeouts: { finish: "9d" } };
      else params[pick([...Object.keys(params), "extra", "body"], a)] = structuredClone(value);
      return;
    case "remove":
      if (b % 3 === 0) Reflect.deleteProperty(flow, pick(["layout", "settings", "notes", "tests", "input"], a));
      else if (b % 3 === 1) Reflect.deleteProperty(params, pick(Object.keys(params), a));
      else Reflect.deleteProperty(nodes, pick(Object.keys(nodes), a));
      return;
    case "insertNode":
      nodes[`made${b % 3}`] = { type: "sleep", params: { for: `${a}s` }, retry: { maxAttempts: a % 9 } };
      return;
    case "removeEdge":
      edges.splice(b, 1);
      return;
    case "addEdge":
      edges.push({ from: pick(names, a), to: pick(names, b), ...(a % 2 === 0 ? { port: "out" } : {}) });
      return;
    case "repeatEdge":
      if (edge !== undefined) edges.splice(a % edges.length, 0, structuredClone(edge));
      return;
    case "move":
      flow["layout"] = { ...(isJsonObject(flow["layout"]) ? flow["layout"] : {}), [pick(names, a)]: { x: a, y: b } };
      return;
    case "swap":
      edges.reverse();
  }
}

function graphsIn(graph: JsonObject): Graph[] {
  const { nodes, edges } = graph;
  if (!isJsonObject(nodes ?? null) || !isJsonObject(nodes) || !Array.isArray(edges)) return [];
  const bodies = Object.values(nodes).flatMap((node) => {
    const params = isJsonObject(node) ? node["params"] : undefined;
    const body = isJsonObject(params) ? params["body"] : undefined;
    return isJsonObject(body) ? graphsIn(body) : [];
  });
  return [{ nodes, edges }, ...bodies];
}

function documentOf(input: unknown): FlowDocument {
  const parsed = parseFlow(input);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.flow;
}
