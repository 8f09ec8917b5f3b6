import { describe, expect, test } from "vitest";
import type { Json, JsonSchema } from "../json.ts";
import { schemaAccepts } from "./accepts.ts";
import { applyDefaults } from "./defaults.ts";
import { inlineRefs } from "./inline.ts";
import { elementOf, fieldOf, kindsOf } from "./shape.ts";
import { isUsableSchema, schemaProblems } from "./usable.ts";

describe("schemaProblems", () => {
  test("takes good schemas, whatever their fields are called", () => {
    const schema: Json = {
      type: "object",
      properties: { type: { type: ["string", "null"] }, $ref: { $ref: "#/$defs/a" }, minimun: true },
      required: ["type"],
      "x-order": 1,
      $defs: { a: { pattern: "^a+$", enum: ["a"] } },
    };
    expect(schemaProblems(schema)).toEqual([]);
    expect(isUsableSchema(true)).toBe(true);
  });

  test.each<[Json, string, string]>([
    [3, "", "must be a schema"],
    [{ type: "strnig" }, "/type", 'did you mean "string"'],
    [{ type: "date" }, "/type", "is not a type"],
    [{ minimun: 3 }, "/minimun", "is not a keyword"],
    [{ properties: { a: 3 } }, "/properties/a", "must be a schema"],
    [{ properties: { a: { type: "x" } } }, "/properties/a/type", "is not a type"],
    [{ items: [{}] }, "/items", "must be a schema"],
    [{ anyOf: [] }, "/anyOf", "at least one"],
    [{ $ref: "#/$defs/a" }, "/$ref", "is not there"],
    [{ $ref: "https://example.com/x" }, "/$ref", "another document"],
    [{ $defs: { a: { $ref: "#/$defs/a" } }, $ref: "#/$defs/a" }, "/$ref", "itself"],
    [{ pattern: "(?<=a)b" }, "/pattern", "RE2"],
    [{ patternProperties: {} }, "/patternProperties", "not supported"],
    [{ required: "a" }, "/required", "list of names"],
    [{ minLength: -1 }, "/minLength", "whole number"],
  ])("refuses %j", (schema, pointer, message) => {
    const problems = schemaProblems(schema);
    expect(problems.map((problem) => problem.pointer)).toContain(pointer);
    expect(problems.find((problem) => problem.pointer === pointer)?.message).toContain(message);
  });
});

describe("applyDefaults", () => {
  const schema: JsonSchema = {
    type: "object",
    properties: {
      currency: { default: "EUR" },
      lines: { type: "array", items: { $ref: "#/$defs/line" } },
      nested: { type: "object", default: {}, properties: { a: { default: 1 } } },
    },
    $defs: { line: { type: "object", properties: { count: { default: 1 } } } },
  };

  test("fills what is absent, at any depth", () => {
    expect(applyDefaults(schema, { lines: [{}, { count: 2 }, 3] })).toEqual({
      lines: [{ count: 1 }, { count: 2 }, 3],
      currency: "EUR",
      nested: { a: 1 },
    });
  });

  test("leaves null and other values alone", () => {
    expect(applyDefaults(schema, { currency: null, nested: 3 })).toEqual({ currency: null, nested: 3 });
    expect(applyDefaults(schema, 3)).toBe(3);
  });
});

describe("shape", () => {
  const alternatives: JsonSchema = {
    anyOf: [
      { type: "object", properties: { a: { type: "number" }, b: { type: "string" } }, required: ["a"] },
      { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
    ],
  };

  test("tells when a field is there", () => {
    expect(fieldOf(alternatives, "a").presence).toBe("always");
    expect([...kindsOf(fieldOf(alternatives, "a").schema)]).toEqual(["number", "text"]);
    expect(fieldOf(alternatives, "b").presence).toBe("some");
    expect(fieldOf(alternatives, "c").presence).toBe("never");
    expect(fieldOf({ type: "object" }, "c").presence).toBe("unknown");
    expect(fieldOf({ properties: { c: true } }, "c").presence).toBe("optional");
    expect(fieldOf({ allOf: [{ properties: { a: true } }, { required: ["a"] }] }, "a").presence).toBe("always");
  });

  test("follows references, and stops where they circle", () => {
    const list: JsonSchema = {
      $ref: "#/$defs/node",
      $defs: { node: { type: "object", properties: { next: { $ref: "#/$defs/node" }, id: { type: "string" } } } },
    };
    const inlined = inlineRefs(list);
    expect(fieldOf(inlined, "id").schema).toEqual({ type: "string" });
    expect(fieldOf(inlined, "next").schema).toBe(true);
  });

  test("knows elements", () => {
    expect(elementOf({ type: "array", items: { type: "number" } })).toEqual({ type: "number" });
    expect(elementOf({ prefixItems: [{ type: "number" }, { type: "string" }], items: false })).toEqual({
      anyOf: [{ type: "number" }, { type: "string" }],
    });
    expect(elementOf({ type: "array" })).toBe(true);
  });
});

describe("schemaAccepts", () => {
  test.each<[JsonSchema, JsonSchema, boolean]>([
    [true, { type: "string" }, true],
    [{ type: "string" }, true, true],
    [{ type: "string" }, { type: "number" }, false],
    [{ type: "string" }, { type: ["number", "string"] }, true],
    [{ type: "integer" }, { type: "number" }, true],
    [{ enum: ["a", "b"] }, { type: "string" }, true],
    [{ enum: ["a", "b"] }, { const: "c" }, false],
    [{ type: "object", required: ["a"] }, { type: "object", properties: {}, additionalProperties: false }, false],
    [{ type: "object", required: ["a"] }, { type: "object" }, true],
    [{ properties: { a: { type: "string" } } }, { properties: { a: { type: "number" } }, required: ["a"] }, false],
    [{ items: { type: "string" } }, { prefixItems: [{ type: "number" }], items: false, minItems: 1 }, false],
    [{ items: { type: "string" } }, { type: "array", items: { type: "number" } }, true],
  ])("%j takes %j: %j", (target, source, accepts) => {
    expect(schemaAccepts(target, source).accepts).toBe(accepts);
  });

  test("tells where and why", () => {
    const target: JsonSchema = { properties: { to: { type: "string" } }, required: ["to"] };
    const source: JsonSchema = { properties: { to: { type: "number" } }, required: ["to"] };
    expect(schemaAccepts(target, source)).toEqual({
      accepts: false,
      pointer: "/to",
      message: "This gives a number, but text is needed",
    });
  });
});
