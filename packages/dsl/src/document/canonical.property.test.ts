import { readFileSync, readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffFlows } from "../diff/diff-flows.ts";
import type { Json } from "../json.ts";
import { canonicalText } from "./canonical.ts";
import type { FlowDocument } from "./flow.ts";
import { isJsonObject } from "./json-field.ts";
import { parseFlow } from "./parse-flow.ts";
import { semanticHash } from "./semantic-hash.ts";

const examples = new URL("../../../../examples/", import.meta.url);
const flows = readdirSync(examples)
  .filter((file) => file.endsWith(".flow.json"))
  .map((file) => read(readFileSync(new URL(file, examples), "utf8")));

function read(text: string): FlowDocument {
  const parsed = parseFlow(JSON.parse(text));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.flow;
}

/** The same value with the keys of its objects in an order that `random` chooses. */
function shuffled(value: Json, random: () => number): Json {
  if (Array.isArray(value)) return value.map((entry) => shuffled(entry, random));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, entry]) => ({ key, entry, rank: random() }));
  return Object.fromEntries(
    entries.toSorted((a, b) => a.rank - b.rank).map(({ key, entry }) => [key, shuffled(entry, random)]),
  );
}

function mixedUp(flow: FlowDocument, seed: readonly number[]): FlowDocument {
  let turn = 0;
  const random = (): number => seed[turn++ % seed.length] ?? 0;
  const edges = flow.edges.map((edge) => ({ edge, rank: random() })).toSorted((a, b) => a.rank - b.rank);
  const reordered = { ...flow, edges: edges.map(({ edge }) => ({ port: "out", ...edge })) };
  return read(JSON.stringify(shuffled(JSON.parse(JSON.stringify(reordered)), random)));
}

const seeds = fc.array(fc.nat(1_000), { minLength: 7, maxLength: 31 });

describe("a document written in another order", () => {
  it("has the same text, the same hash and no difference", () => {
    fc.assert(
      fc.property(fc.constantFrom(...flows), seeds, (flow, seed) => {
        const other = mixedUp(flow, seed);
        expect(canonicalText(other)).toBe(canonicalText(flow));
        expect(semanticHash(other)).toBe(semanticHash(flow));
        expect(diffFlows(flow, other)).toEqual({ changes: [], summary: [] });
      }),
    );
  });

  it("is read back from its text as the same document", () => {
    for (const flow of flows) expect(canonicalText(read(canonicalText(flow)))).toBe(canonicalText(flow));
  });
});

describe("semanticHash", () => {
  const [flow] = flows;
  if (flow === undefined) throw new Error("There is no example.");
  const [id, node] = Object.entries(flow.nodes)[0] ?? [];
  if (id === undefined || node === undefined) throw new Error("The example has no node.");

  it.each([
    ["layout", { layout: { start: { x: 1, y: 2 } } }],
    ["notes", { notes: { a: { text: "x", x: 0, y: 0 } } }],
    ["names", { name: "Another", description: "More", nodes: { ...flow.nodes, [id]: { ...node, name: "Another" } } }],
    ["tests", { tests: [] }],
    ["$schema", { $schema: "https://example.com" }],
    [
      "written defaults",
      { nodes: { ...flow.nodes, [id]: { ...node, onExhausted: "incident", retry: { backoff: 2, ...node.retry } } } },
    ],
  ] satisfies [string, Partial<FlowDocument>][])("leaves out %s", (_, change) => {
    const other: FlowDocument = { ...flow, ...change };
    expect(semanticHash(other)).toBe(semanticHash(flow));
  });

  it.each([
    ["a param", { nodes: { ...flow.nodes, [id]: { ...node, params: { ...node.params, extra: 1 } } } }],
    ["an edge", { edges: flow.edges.slice(1) }],
    ["a setting", { settings: { ...flow.settings, timeZone: "Asia/Tokyo" } }],
    ["the id", { id: "another" }],
  ])("takes in %s", (_, change) => {
    expect(semanticHash({ ...flow, ...change })).not.toBe(semanticHash(flow));
  });
});
