import { compileSchema, isJsonObject, type Json, type JsonSchema } from "@holdfast/dsl";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { expect, test } from "vitest";
import { fitReason } from "./fit-reasons.ts";

const misfits: readonly (readonly [JsonSchema, Json])[] = [
  [{ type: "string" }, 1],
  [{ type: ["number", "null"] }, "a"],
  [{ type: "boolean" }, 1],
  [{ type: "array", items: { type: "integer" } }, [0.5]],
  [{ type: "object", required: ["a"] }, {}],
  [{ type: "object", properties: { a: {} }, additionalProperties: false }, { b: 1 }],
  [{ enum: ["a", "b"] }, "c"],
  [{ const: 1 }, 2],
  [{ minimum: 2, maximum: 1 }, 1.5],
  [{ exclusiveMinimum: 2 }, 2],
  [{ exclusiveMaximum: 2 }, 2],
  [{ multipleOf: 2 }, 3],
  [{ minLength: 1 }, ""],
  [{ minLength: 2 }, "a"],
  [{ maxLength: 1 }, "ab"],
  [{ maxLength: 2 }, "abc"],
  [{ minItems: 1 }, []],
  [{ maxItems: 1 }, [1, 2]],
  [{ minProperties: 1 }, {}],
  [{ maxProperties: 1 }, { a: 1, b: 2 }],
  [{ uniqueItems: true }, [1, 1]],
  [{ type: "string", format: "email" }, "a"],
  [{ type: "string", pattern: "^a$" }, "b"],
  [{ anyOf: [{ type: "string" }, { type: "number" }] }, true],
  [{ oneOf: [{ type: "number" }, { minimum: 1 }] }, 2],
  [{ oneOf: [{ required: ["a"] }, { required: ["b"] }] }, {}],
  [{ oneOf: [{ required: ["a"] }, { required: ["b"] }] }, { a: 1, b: 2 }],
  [{ contains: { type: "string" } }, [1]],
  [{ not: { type: "string" } }, "a"],
];

test.each(misfits)("of %j and %j is told in Ukrainian", (schema, value) => {
  const result = compileSchema(schema).validate(value);
  const reasons = result.ok ? [] : result.errors.map(({ message }) => message);
  expect(reasons).not.toEqual([]);
  for (const reason of reasons) {
    expect(fitReason("uk", reason), reason).toMatch(/[а-яґєії]/u);
    expect(fitReason("en", reason)).toMatch(/[a-z]/);
  }
});

/** Every pattern that a value in the JSON is checked against. */
function patternsIn(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(patternsIn);
  if (!isJsonObject(value)) return [];
  const own = typeof value["pattern"] === "string" ? [value["pattern"]] : [];
  return [...own, ...Object.values(value).flatMap(patternsIn)];
}

test.each([...new Set(builtinManifests.flatMap(({ params }) => (isJsonObject(params) ? patternsIn(params) : [])))])(
  "the pattern %s of a node type is told in words",
  (pattern) => {
    for (const language of ["en", "uk"] as const) {
      expect(fitReason(language, `must match the pattern ${pattern}`)).not.toContain(pattern);
    }
  },
);
