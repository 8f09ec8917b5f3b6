import { readFileSync, readdirSync } from "node:fs";
import { builtinManifests } from "@holdfast/nodes/manifests";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isJsonObject } from "../document/json-field.ts";
import { toPointer } from "../document/pointer.ts";
import type { Json } from "../json.ts";
import { validateFlow } from "./validate-flow.ts";

const examples = new URL("../../../../examples/", import.meta.url);
const documents: Json[] = readdirSync(examples)
  .filter((file) => file.endsWith(".flow.json"))
  .map((file) => JSON.parse(readFileSync(new URL(file, examples), "utf8")));

/** JSON with the keys and texts that hurt. */
const nasty = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<Json>(
      null,
      true,
      0,
      -1,
      1e308,
      "",
      "{{",
      "{{ }}",
      "{{ nodes.a.b }}",
      "start",
      "end",
      "7d",
      "__proto__",
    ),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      fc.constantFrom(
        "__proto__",
        "constructor",
        "nodes",
        "edges",
        "params",
        "body",
        "type",
        "from",
        "to",
        "port",
        "$ref",
        "x",
      ),
      tie("value"),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).value;

const paths = documents.map((document) => [...placesIn(document, [])]);

describe("validateFlow", () => {
  it("never throws, whatever it is given", () => {
    fc.assert(
      fc.property(fc.oneof(nasty, fc.anything()), (input) =>
        Array.isArray(validateFlow(input, builtinManifests).issues),
      ),
      {
        numRuns: 500,
      },
    );
  });

  it("never throws on a document with something else at any place, and points to places", () => {
    const broken = fc
      .nat(documents.length - 1)
      .chain((index) => fc.tuple(fc.constant(index), fc.constantFrom(...(paths[index] ?? [])), nasty));
    fc.assert(
      fc.property(broken, ([index, path, value]) => {
        const { issues } = validateFlow(replaced(documents[index] ?? null, path, value), builtinManifests);
        for (const { pointer, message, code } of issues) {
          expect(pointer === "" || pointer.startsWith("/")).toBe(true);
          expect(message).not.toBe("");
          expect(code).toMatch(/^[a-z_]+$/);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

function* placesIn(value: Json, path: readonly string[]): Generator<readonly string[]> {
  yield path;
  if (typeof value !== "object" || value === null) return;
  for (const [key, child] of Object.entries(value)) yield* placesIn(child, [...path, key]);
}

function replaced(value: Json, [key, ...rest]: readonly string[], by: Json): Json {
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((entry, index) => (String(index) === key ? replaced(entry, rest, by) : entry));
  }
  if (!isJsonObject(value)) throw new Error(`There is nothing at ${toPointer([key])}`);
  return { ...value, [key]: replaced(value[key] ?? null, rest, by) };
}
