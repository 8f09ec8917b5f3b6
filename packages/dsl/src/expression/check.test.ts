import { describe, expect, test } from "vitest";
import type { JsonSchema } from "../json.ts";
import { checkCondition, checkExpression, checkTemplate } from "./check.ts";
import { RUN_SCHEMA } from "./check/env.ts";
import type { TypeEnv } from "./check/env.ts";

const env: TypeEnv = {
  roots: {
    run: RUN_SCHEMA,
    input: {
      type: "object",
      properties: {
        orderId: { type: "string" },
        total: { type: "number" },
        note: { type: "string" },
        status: { enum: ["open", "paid"] },
        paid: { type: "boolean" },
        lines: { type: "array", items: { $ref: "#/$defs/line" } },
        free: true,
      },
      required: ["orderId", "total", "status", "paid", "lines", "free"],
      $defs: {
        line: {
          type: "object",
          properties: { sku: { type: "string" }, price: { type: "number" }, gift: { type: "boolean" } },
          required: ["sku", "price"],
        },
      },
    },
    nodes: {
      check: {
        schema: { type: "object", properties: { ok: { type: "boolean" } }, required: ["ok"] },
        presence: "always",
      },
      approve: {
        schema: {
          anyOf: [
            { type: "object", properties: { at: { type: "string" }, by: { type: "string" } }, required: ["at", "by"] },
            { type: "object", properties: { at: { type: "string" } }, required: ["at"] },
          ],
        },
        presence: "maybe",
      },
      later: { schema: true, presence: "never" },
      open: { schema: true, presence: "always" },
    },
  },
};

function codes(source: string): string[] {
  return checkCondition(source, env).issues.map((issue) => issue.code);
}

function typeOf(source: string): JsonSchema {
  const { schema, issues } = checkExpression(source, env);
  expect(issues.filter((issue) => issue.severity === "error")).toEqual([]);
  return schema;
}

describe("checkCondition", () => {
  test.each([
    "input.total > 100",
    "input.paid && nodes.check.ok",
    'input.status == "open"',
    "input.lines.exists(line, line.price > 10 && line.sku.startsWith('A'))",
    "size(input.lines) > 2",
    "input.free.anything.goes",
    "nodes.open.x == 3",
    "has(input.note) && input.note == 'x'",
    "!has(input.note) || input.note == 'x'",
    "has(input.note) ? input.note == 'x' : true",
    "input.?note.orValue('') == ''",
    "input.?note.hasValue() && input.note == 'x'",
    "has(nodes.approve) && nodes.approve.at == 'x'",
    "!(!has(nodes.approve) || input.paid) && nodes.approve.at == 'x'",
    "has(nodes.approve) && has(nodes.approve.by) && nodes.approve.by == 'x'",
    "nodes.?approve.at.orValue('') != ''",
    "nodes.?approve.?by.orValue('') != ''",
    "has(nodes.later)",
    "input.lines.all(l, has(l.gift) && l.gift)",
    "daysSince(run.startedAt, run.now) > 3",
    "input.total in [1, 2.5]",
    "'sku' in input.lines[0]",
    "input.note == null || input.total == null",
    "has(errors.check) && errors.check.code == 'x'",
    "has(ports.approve) && ports.approve == 'timeout'",
  ])("accepts %s", (source) => {
    expect(checkCondition(source, env).issues.filter((issue) => issue.severity === "error")).toEqual([]);
  });

  test.each([
    ["input.total", "not_a_condition"],
    ["input.totl > 3", "no_such_field"],
    ["input.orderId > 3", "type_error"],
    ["input.orderId + 1 == 'x'", "type_error"],
    ["input.total && true", "type_error"],
    ["!input.orderId", "type_error"],
    ["-input.orderId == 1", "type_error"],
    ["input.orderId.foo == 1", "type_error"],
    ["input.total.contains('x')", "type_error"],
    ["size(input.total) > 1", "type_error"],
    ["money(input.paid) > 1", "type_error"],
    ["input.total in input.orderId", "type_error"],
    ["input.total.exists(x, x)", "type_error"],
    ["input.lines['x'] == 1", "type_error"],
    ["input.lines[input.orderId] == 1", "type_error"],
    ["input.status == 'opne'", "never_equal"],
    ["input.status == 3", "never_equal"],
    ["nodes.chek.ok", "unknown_node"],
    ["has(nodes.chek)", "unknown_node"],
    ["nodes.approve.at == 'x'", "maybe_absent"],
    ["input.paid && nodes.approve.at == 'x'", "maybe_absent"],
    ["has(nodes.approve) || nodes.approve.at == 'x'", "maybe_absent"],
    ["has(nodes.approve.at)", "maybe_absent"],
    ["has(nodes.approve) && nodes.approve.by == 'x'", "maybe_absent"],
    ["nodes.later.x == 1", "node_never_completed"],
    ["input.?note == 'x'", "type_error"],
    ["input.?note.contains('x')", "type_error"],
    ["input.note.orValue('') == ''", "optional_field"],
    ["item.x == 1", "unknown_root"],
    ["errors.check.code == 'x'", "maybe_absent"],
    ["input.note == 'x'", "optional_field"],
    ["input.", "syntax_error"],
  ])("finds in %s: %s", (source, code) => {
    expect(codes(source)).toContain(code);
  });

  test("an optional field of the data is a warning, a node's absence an error", () => {
    expect(checkCondition("input.note == 'x'", env).issues).toMatchObject([{ severity: "warning", start: 6, end: 10 }]);
    expect(checkCondition("nodes.approve.at == 'x'", env).issues).toMatchObject([
      { severity: "error", start: 0, end: 13 },
    ]);
  });

  test("tells everything at once, with ranges and hints", () => {
    const { issues } = checkCondition("input.totl > 1 && nodes.chek.ok && input.status == 'opne'", env);
    expect(issues).toMatchObject([
      { code: "no_such_field", start: 6, end: 10, hint: 'Did you mean "total"?' },
      { code: "unknown_node", start: 24, end: 28, hint: 'Did you mean "check"?' },
      { code: "never_equal", start: 35, end: 57, hint: 'Did you mean "open"?' },
    ]);
  });

  test("a variable of a comprehension hides what was proven about a root", () => {
    expect(codes("has(nodes.approve) && input.lines.exists(l, nodes.approve.at == l.sku)")).toEqual([]);
    expect(codes("has(input.note) && input.lines.exists(input, input.note == 'x')")).toContain("no_such_field");
  });
});

describe("static types", () => {
  test.each<[string, JsonSchema]>([
    ["input.total", { type: "number" }],
    ["input.lines[0].sku", { type: "string" }],
    ["input.lines.map(l, l.price)", { type: "array", items: { type: "number" } }],
    ["input.total + 1", { type: "number" }],
    ["input.orderId + 'x'", { type: "string" }],
    ["size(input.lines)", { type: "integer" }],
    ["input.paid ? input.total : input.orderId", { anyOf: [{ type: "number" }, { type: "string" }] }],
    ["input.?note.orValue('')", { anyOf: [{ type: "string" }, { type: "string", const: "" }] }],
    ["money(input.total)", { type: "number" }],
    ["input.free", true],
    ["input.free.x + 1", { type: "number" }],
    ["nodes.check", { type: "object", properties: { ok: { type: "boolean" } }, required: ["ok"] }],
  ])("%s", (source, schema) => {
    expect(typeOf(source)).toEqual(schema);
  });

  test("filter keeps what an element is", () => {
    expect(typeOf("input.lines.filter(l, l.price > 1)[0].price")).toEqual({ type: "number" });
  });
});

describe("checkTemplate", () => {
  test("gives the type of what the value becomes", () => {
    const value = { a: "{{ input.total }}", b: ["Order {{ input.orderId }}", 3], c: null };
    expect(checkTemplate(value, env)).toEqual({
      schema: {
        type: "object",
        properties: {
          a: { type: "number" },
          b: { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }], items: false, minItems: 2 },
          c: { type: "null" },
        },
        required: ["a", "b", "c"],
        additionalProperties: false,
      },
      issues: [],
    });
  });

  test("tells issues with pointer and place in the string", () => {
    expect(checkTemplate({ a: ["x {{ input.totl }} {{ input. }}"] }, env).issues).toMatchObject([
      { pointer: "/a/0", code: "no_such_field", start: 11, end: 15 },
      { pointer: "/a/0", code: "syntax_error" },
    ]);
    expect(checkTemplate("x {{", env).issues).toMatchObject([{ pointer: "", code: "template_syntax", start: 2 }]);
    expect(checkTemplate("{{ input.?note }}", env).issues).toMatchObject([{ code: "type_error" }]);
  });
});
