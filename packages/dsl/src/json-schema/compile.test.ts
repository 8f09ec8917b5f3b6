import { describe, expect, test } from "vitest";
import type { Json, JsonSchema } from "../json.ts";
import { compileSchema } from "./compile.ts";

function errors(schema: JsonSchema, value: Json): string[] {
  const result = compileSchema(schema).validate(value);
  return result.ok ? [] : result.errors.map((error) => `${error.pointer}: ${error.message}`);
}

describe("compileSchema", () => {
  test("accepts what fits", () => {
    expect(errors(true, { anything: 1 })).toEqual([]);
    expect(errors({ type: "object", properties: { a: { type: "integer" } } }, { a: 1, b: 2 })).toEqual([]);
  });

  test("tells every problem once, at its place", () => {
    const schema: JsonSchema = {
      type: "object",
      properties: {
        amount: { type: "number", minimum: 0 },
        lines: { type: "array", items: { $ref: "#/$defs/line" } },
        mail: { type: "string", format: "email" },
      },
      required: ["amount", "reason"],
      additionalProperties: false,
      $defs: { line: { type: "object", properties: { sku: { type: "string", minLength: 1 } } } },
    };
    expect(errors(schema, { amount: -1, lines: [{ sku: "" }, 3], mail: "x", "a/b": 1 })).toEqual([
      ': lacks the field "reason"',
      "/amount: must be at least 0",
      "/lines/0/sku: must not be empty",
      "/lines/1: must be an object",
      "/mail: must be a valid email",
      "/a~1b: is not a known field",
    ]);
  });

  test("tells of alternatives the one that was meant", () => {
    const schema: JsonSchema = {
      anyOf: [
        { type: "string" },
        { type: "object", properties: { kind: { const: "a" }, n: { type: "number" } }, required: ["kind", "n"] },
        { type: "object", properties: { kind: { const: "b" } }, required: ["kind"] },
      ],
    };
    expect(errors(schema, { kind: "a", n: "x" })).toEqual(["/n: must be a number"]);
    expect(errors(schema, 3)).toEqual([": fits none of the allowed forms"]);
  });

  test("tells when several of oneOf fit", () => {
    expect(errors({ oneOf: [{ type: "number" }, { minimum: 1 }] }, 3)).toEqual([
      ": must fit exactly one of the allowed forms",
    ]);
  });

  test("names the fields of which one is needed", () => {
    const schema: JsonSchema = { oneOf: [{ required: ["flow"] }, { required: ["node"] }] };
    expect(errors(schema, {})).toEqual([': needs one of the fields "flow", "node"']);
    expect(errors(schema, { flow: 1, node: 2 })).toEqual([': must have only one of the fields "flow", "node"']);
  });

  test("names conditions by what they ask for", () => {
    const schema: JsonSchema = { if: { required: ["a"] }, then: { required: ["b"] }, dependentRequired: { a: ["c"] } };
    expect(errors(schema, { a: 1 })).toEqual([': lacks the field "b"', ': has "a" but does not have "c"']);
  });

  test("runs patterns on RE2", () => {
    const schema: JsonSchema = { type: "string", pattern: "^(a+)+$", format: "email" };
    const started = performance.now();
    expect(errors({ ...schema, format: "uuid" }, `${"a".repeat(10_000)}!`)).toContain(
      ": must match the pattern ^(a+)+$",
    );
    expect(performance.now() - started).toBeLessThan(1000);
    expect(errors({ pattern: "^a" }, 3)).toEqual([]);
    expect(errors({ properties: { pattern: { type: "string" } } }, { pattern: 3 })).toEqual(["/pattern: must be text"]);
  });

  test("reads data whose keys are named like JavaScript's", () => {
    const data: Json = JSON.parse('{"constructor": 1, "__proto__": {"a": 1}}');
    expect(errors({ type: "object", required: ["toString"] }, data)).toEqual([': lacks the field "toString"']);
    expect(errors({ type: "object", properties: { a: { type: "string" } } }, data)).toEqual([]);
  });

  test("tells of data that is nested without end, and no more errors than anybody reads", () => {
    let deep: Json = [];
    for (let level = 0; level < 20_000; level += 1) deep = [deep];
    expect(errors({ $ref: "#/$defs/l", $defs: { l: { type: "array", items: { $ref: "#/$defs/l" } } } }, deep)).toEqual([
      ": is nested too deeply",
    ]);
    expect(
      errors(
        { items: { type: "string" } },
        Array.from({ length: 5000 }, () => 1),
      ),
    ).toHaveLength(100);
  });
});
