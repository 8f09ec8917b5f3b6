import { describe, expect, test } from "vitest";
import type { JsonObject, JsonSchema } from "../json.ts";
import { failureOf } from "./failure.fixture.ts";
import { compileParams, ParamsError } from "./params.ts";
import { expressionSites } from "./sites.ts";

const schema: JsonSchema = {
  type: "object",
  properties: {
    to: { type: "string", minLength: 1 },
    count: { type: "integer" },
    html: { type: "string", "x-escape": "html" },
    schema: { "x-literal": true },
    body: { "x-body": true },
    until: { type: "string", "x-expression": "condition", "x-roots": ["last"] },
    cases: {
      type: "array",
      items: { $ref: "#/$defs/case" },
    },
    when: {
      oneOf: [
        { type: "object", properties: { kind: { const: "for" }, value: { type: "string" } } },
        {
          type: "object",
          properties: { kind: { const: "if" }, value: { type: "string", "x-expression": "condition" } },
        },
      ],
    },
  },
  additionalProperties: false,
  $defs: { case: { type: "object", properties: { when: { "x-expression": "condition" }, note: { type: "string" } } } },
};

function compile(params: JsonObject) {
  return compileParams({ params: schema }, params);
}

describe("compileParams", () => {
  test("gives static params themselves, checked once", () => {
    const params = { to: "a@example.com", cases: [{ when: "input.a > 1" }], schema: { title: "{{ x }}" } };
    const compiled = compile(params);
    expect(compiled.static).toBe(true);
    expect(compiled.resolve({})).toBe(params);
    expect(compiled.references).toMatchObject([{ root: "input", path: ["a"], pointer: "/cases/0/when" }]);
  });

  test("evaluates templates, keeps conditions, literals and bodies as they are", () => {
    const compiled = compile({
      to: "{{ input.mail }}",
      count: "{{ 1 + 1 }}",
      schema: { const: "{{ input.mail }}" },
      body: { nodes: { a: { params: { x: "{{ item }}" } } } },
      until: "last.done",
      cases: [{ when: "nodes.a.ok", note: "for {{ input.mail }}" }],
    });
    expect(compiled.static).toBe(false);
    expect(compiled.resolve({ input: { mail: "m" } })).toEqual({
      to: "m",
      count: 2,
      schema: { const: "{{ input.mail }}" },
      body: { nodes: { a: { params: { x: "{{ item }}" } } } },
      until: "last.done",
      cases: [{ when: "nodes.a.ok", note: "for m" }],
    });
    expect(compiled.references.map((one) => one.pointer)).toEqual(["/to", "/until", "/cases/0/when", "/cases/0/note"]);
  });

  test("escapes for HTML where the schema says so", () => {
    expect(compile({ html: "<b>{{ input.x }}</b>" }).resolve({ input: { x: "<i>" } })).toEqual({
      html: "<b>&lt;i&gt;</b>",
    });
  });

  test("a constant decides which member of a union speaks", () => {
    expect(compile({ when: { kind: "if", value: "input.a" } }).static).toBe(true);
    expect(compile({ when: { kind: "for", value: "{{ input.a }}" } }).static).toBe(false);
  });

  test("refuses a result that does not fit", () => {
    const run = () => compile({ to: "{{ input.mail }}", count: "{{ 1.5 }}" }).resolve({ input: { mail: "" } });
    expect(run).toThrow(ParamsError);
    expect(() => compile({ other: 1 }).resolve({})).toThrow(ParamsError);
    expect(run).toThrow(
      expect.objectContaining({
        pointer: "/to",
        errors: [expect.objectContaining({ pointer: "/to" }), expect.objectContaining({ pointer: "/count" })],
      }),
    );
  });

  test.each([
    [() => compile({ cases: [{ when: "1 +" }] }), "/cases/0/when", "syntax_error"],
    [() => compile({ to: "x {{ 1 + }}" }), "/to", "syntax_error"],
    [() => compile({ cases: [{ note: "{{ input.x }}" }] }).resolve({ input: {} }), "/cases/0/note", "absent_value"],
  ])("an error tells where it is (%#)", (run, pointer, code) => {
    expect(failureOf(run)).toMatchObject({ pointer, code });
  });
});

test("expressionSites lists what has to be checked", () => {
  const params = {
    to: "{{ input.mail }}",
    until: "last.x",
    cases: [{ when: "true", note: "plain" }],
    schema: { a: "{{ no }}" },
  };
  expect([...expressionSites(params, schema)]).toMatchObject([
    { kind: "template", pointer: "/to", source: "{{ input.mail }}", roots: [], schema: { type: "string" } },
    { kind: "condition", pointer: "/until", source: "last.x", roots: ["last"], rootsOnly: false },
    { kind: "condition", pointer: "/cases/0/when", source: "true" },
  ]);
});
