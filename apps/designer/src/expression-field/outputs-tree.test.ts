import type { TypeEnv } from "@holdfast/dsl";
import { describe, expect, it } from "vitest";
import { filterTree, outputsTree, valueOfPath } from "./outputs-tree.ts";

const env: TypeEnv = {
  roots: {
    input: {
      type: "object",
      properties: { orderId: { type: "string" }, note: { type: "string" } },
      required: ["orderId"],
    },
    nodes: {
      order: {
        schema: { type: "object", properties: { total: { type: "number" } }, required: ["total"] },
        presence: "always",
      },
      analyze: {
        schema: {
          type: "object",
          properties: { check: { type: "object", properties: { ok: { type: "boolean" } }, required: ["ok"] } },
          required: ["check"],
        },
        presence: "maybe",
      },
      later: { schema: true, presence: "never" },
    },
    errors: {},
    ports: {},
  },
};

const tree = outputsTree(env, (id) => (id === "order" ? "Read the order" : id), {
  input: { orderId: "A-1" },
  nodes: { order: { total: 12 } },
});

describe("the tree of outputs", () => {
  it("lists nodes by name, the nearest first, then the input", () => {
    expect(tree.map(({ label }) => label)).toEqual(["analyze", "Read the order", "input"]);
  });

  it("inserts plain paths, and safe ones for what may be absent", () => {
    const [analyze, order, input] = tree;
    expect(order?.children[0]).toMatchObject({ expression: "nodes.order.total", type: "a number", sample: 12 });
    expect(input?.children.map(({ expression }) => expression)).toEqual(["input.orderId", 'input.?note.orValue("")']);
    expect(analyze?.children[0]?.children[0]?.expression).toBe("nodes.?analyze.check.ok.orValue(false)");
  });

  it("can be narrowed by typing", () => {
    expect(filterTree(tree, "tot")).toMatchObject([{ label: "Read the order", children: [{ label: "total" }] }]);
    expect(filterTree(tree, "order.total")).toHaveLength(1);
    expect(filterTree(tree, "zzz")).toEqual([]);
  });

  it("reads values of the sample", () => {
    expect(valueOfPath("nodes.?order.total", { nodes: { order: { total: 3 } } })).toBe(3);
    expect(valueOfPath("nodes.order.other", { nodes: { order: { total: 3 } } })).toBeUndefined();
  });
});
