import { describe, expect, test } from "vitest";
import { checkExpression } from "./check.ts";
import { RUN_SCHEMA } from "./check/env.ts";
import type { TypeEnv } from "./check/env.ts";
import { completionsAt } from "./completions.ts";
import type { Completion } from "./completions.ts";

const order = {
  type: "object",
  properties: {
    id: { type: "string" },
    total: { type: "number" },
    "odd name": true,
    lines: { type: "array", items: { type: "object", properties: { sku: { type: "string" } }, required: ["sku"] } },
  },
  required: ["id", "lines"],
};
const env: TypeEnv = {
  roots: {
    run: RUN_SCHEMA,
    input: {
      type: "object",
      properties: { order, lines: { type: "array", items: order } },
      required: ["order", "lines"],
    },
    nodes: {
      check: { schema: order, presence: "always" },
      approve: { schema: order, presence: "maybe" },
      later: { schema: order, presence: "never" },
    },
  },
};

/** The source with `|` where the cursor is. */
function at(marked: string): Completion[] {
  const offset = marked.indexOf("|");
  return completionsAt(marked.replace("|", ""), offset, env);
}

function applied(marked: string, label: string): string {
  const source = marked.replace("|", "");
  const completion = at(marked).find((one) => one.label === label);
  if (completion === undefined) throw new Error(`no ${label} at ${marked}`);
  return source.slice(0, completion.start) + completion.insert + source.slice(completion.end);
}

function labels(marked: string): string[] {
  return at(marked).map((one) => one.label);
}

describe("completionsAt", () => {
  test("offers roots and functions at the start of an operand", () => {
    expect(labels("|")).toEqual(expect.arrayContaining(["input", "nodes", "run", "money", "has"]));
    expect(labels("input.order.total > in|")).toContain("input");
    expect(labels("|")).not.toContain("item");
  });

  test("offers the fields of what stands before", () => {
    expect(labels("input.|").slice(0, 2)).toEqual(["order", "lines"]);
    expect(labels("input.order.t|")).toContain("total");
    expect(labels("input.lines[0].|")).toContain("id");
    expect(labels("input.order.|")).not.toContain("odd name");
  });

  test("offers methods that fit the type", () => {
    expect(labels("input.order.id.sta|")).toEqual(["startsWith"]);
    expect(labels("input.lines.|")).toEqual(expect.arrayContaining(["map", "filter", "exists", "size"]));
    expect(labels("input.lines.|")).not.toContain("startsWith");
    expect(labels("input.order.?total.|")).toContain("orValue");
  });

  test("leaves out nodes that can't be read", () => {
    expect(labels("nodes.|")).toEqual(["check", "approve"]);
  });

  test("offers nothing inside text", () => {
    expect(at('input.order.id == "inp|')).toEqual([]);
  });

  test.each([
    ["input.order.to|", "total", "input.order.?total.orValue(0)"],
    ["input.order.i|", "id", "input.order.id"],
    ["input.or|x.id", "order", "input.order.id"],
    ["nodes.app|", "approve", "nodes.?approve"],
    ["nodes.approve.i|", "id", 'nodes.?approve.id.orValue("")'],
    ["nodes.approve.lines[0].s|", "sku", 'nodes.?approve.lines[0].sku.orValue("")'],
    ["nodes.?approve.i|", "id", 'nodes.?approve.id.orValue("")'],
    ["nodes.check.i|", "id", "nodes.check.id"],
    ["1 + mon|", "money", "1 + money("],
  ])("%s completed with %s is %s", (marked, label, result) => {
    expect(applied(marked, label)).toBe(result);
  });

  test("what it inserts for absent data passes the check", () => {
    for (const [marked, label] of [
      ["nodes.approve.|", "id"],
      ["input.order.|", "total"],
      ["nodes.approve.|", "total"],
    ] as const) {
      expect(checkExpression(applied(marked, label), env).issues).toEqual([]);
    }
  });
});
