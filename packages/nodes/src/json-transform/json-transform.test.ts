import { compileCondition, type Json, type JsonObject } from "@holdfast/dsl";
import { describe, expect, it } from "vitest";
import { controlContext } from "../../test/control-context.ts";
import { jsonTransform } from "./definition.ts";

const context = controlContext((source, roots) =>
  compileCondition(source).evaluate({ input: { least: 20 }, ...roots }),
);

function transform(params: JsonObject): JsonObject {
  const outcome = jsonTransform.begin(params, context);
  if (outcome.type !== "output") throw new Error(JSON.stringify(outcome));
  const { value } = outcome;
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("no object");
  return value;
}

const itemsOf = (params: JsonObject): Json => transform(params)["items"] ?? null;

const orders: Json[] = [
  {
    id: "A-1",
    customer: { name: "Olena" },
    total: 30,
    lines: [
      { sku: "x", n: 1 },
      { sku: "y", n: 2 },
    ],
  },
  { id: "A-2", customer: { name: "Ivo" }, total: 10, lines: [] },
  { id: "A-3", customer: { name: "Olena" }, total: 20.1, lines: [{ sku: "x", n: 4 }] },
  { id: "A-4", total: 20.2 },
];

const ids = (list: Json): Json[] =>
  Array.isArray(list)
    ? list.map((item) => (typeof item === "object" && item !== null && "id" in item ? (item["id"] ?? null) : null))
    : [];

describe("a list", () => {
  it("without anything to do stays as it is", () => {
    expect(transform({ items: orders })).toEqual({ items: orders, count: 4, sums: {}, groups: [] });
    expect(transform({ items: [] })).toEqual({ items: [], count: 0, sums: {}, groups: [] });
  });

  it("keeps what fits, by each element, its number and whatever the node may read", () => {
    expect(ids(itemsOf({ items: orders, where: "item.total >= input.least" }))).toEqual(["A-1", "A-3", "A-4"]);
    expect(ids(itemsOf({ items: orders, where: "index > 1" }))).toEqual(["A-3", "A-4"]);
  });

  it("is sorted, ties by the next field, what has no value last either way", () => {
    const by = (...sortBy: Json[]) => ids(itemsOf({ items: orders, sortBy }));
    expect(by({ field: "total", order: "descending" })).toEqual(["A-1", "A-4", "A-3", "A-2"]);
    expect(by({ field: "customer.name" }, { field: "total" })).toEqual(["A-2", "A-3", "A-1", "A-4"]);
    expect(by({ field: "customer.name", order: "descending" })).toEqual(["A-1", "A-3", "A-2", "A-4"]);
    expect(
      itemsOf({ items: [{ v: "b" }, { v: 2 }, { v: true }, { v: 10 }, { v: "a" }], sortBy: [{ field: "v" }] }),
    ).toEqual([{ v: true }, { v: 2 }, { v: 10 }, { v: "a" }, { v: "b" }]);
  });

  it("has each value once, the first of them", () => {
    expect(ids(itemsOf({ items: orders, unique: "customer.name" }))).toEqual(["A-1", "A-2", "A-4"]);
    expect(itemsOf({ items: [{ k: { a: 1, b: 2 } }, { k: { b: 2, a: 1 } }], unique: "k" })).toHaveLength(1);
  });

  it("of lists becomes one, each element with what it was in", () => {
    expect(itemsOf({ items: orders, flatten: "lines", fields: { order: "id", sku: "sku", n: "n" } })).toEqual([
      { order: "A-1", sku: "x", n: 1 },
      { order: "A-1", sku: "y", n: 2 },
      { order: "A-3", sku: "x", n: 4 },
    ]);
    expect(itemsOf({ items: [{ id: 1, tags: ["a", "b"] }], flatten: "tags" })).toEqual([
      { id: 1, tags: "a" },
      { id: 1, tags: "b" },
    ]);
  });

  it("is grouped in the order of first appearance, with its sums", () => {
    const { groups, sums } = transform({
      items: orders,
      flatten: "lines",
      groupBy: "sku",
      sum: ["n"],
      fields: { n: "n" },
    });
    expect(sums).toEqual({ n: 7 });
    expect(groups).toEqual([
      { key: "x", count: 2, sums: { n: 5 }, items: [{ n: 1 }, { n: 4 }] },
      { key: "y", count: 1, sums: { n: 2 }, items: [{ n: 2 }] },
    ]);
  });

  it("adds decimals up as on paper", () => {
    expect(transform({ items: [{ n: 0.1 }, { n: 0.2 }, {}], sum: ["n"] })["sums"]).toEqual({ n: 0.3 });
  });

  it("is cut off after it was sorted, and before it is grouped", () => {
    const cut = { items: orders, sortBy: [{ field: "total" }], limit: 2, groupBy: "customer.name" };
    expect(transform(cut)).toMatchObject({
      count: 2,
      groups: [
        { key: "Ivo", count: 1 },
        { key: "Olena", count: 1 },
      ],
    });
  });

  it("keeps a field that is called like something of JavaScript's", () => {
    const odd: Json = JSON.parse('[{"__proto__": 1, "constructor": 2}]');
    expect(itemsOf({ items: [{}], fields: { a: "constructor", b: "__proto__.x", c: "toString" } })).toEqual([{}]);
    expect(JSON.stringify(itemsOf({ items: Array.isArray(odd) ? odd : [], unique: "constructor" }))).toBe(
      JSON.stringify(odd),
    );
  });
});

describe("it fails", () => {
  it("by a condition that is none, and says for which element", () => {
    expect(jsonTransform.begin({ items: [1, 2], where: "item == 1 ? true : 'no'" }, context)).toMatchObject({
      error: { kind: "fatal" },
    });
    expect(jsonTransform.begin({ items: ["x"], where: "item" }, context)).toMatchObject({
      error: { kind: "fatal", code: "condition_not_boolean", message: expect.stringContaining("element 1") },
    });
  });

  it("by something to add up that is no number, and says what it is", () => {
    expect(jsonTransform.begin({ items: [{ n: "7" }], sum: ["n"] }, context)).toMatchObject({
      error: { kind: "fatal", code: "not_a_number", message: expect.stringContaining('n is "7"') },
    });
  });

  it("by what is no list, or no field", () => {
    for (const params of [{ items: {} }, { items: [], unique: "a..b" }, { items: [], sortBy: [{ field: "" }] }]) {
      expect(jsonTransform.begin(params, context)).toMatchObject({ error: { code: "params_invalid" } });
    }
  });
});
