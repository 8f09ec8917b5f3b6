import { expect, test } from "vitest";
import { stableOrder } from "./stable-order.ts";

test.each([
  {
    what: "a document that comes back sorted",
    before: ["b", "name", "a"],
    now: ["a", "b", "name"],
    order: ["b", "name", "a"],
  },
  { what: "a new row", before: ["b", "a"], now: ["a", "b", "name"], order: ["b", "a", "name"] },
  { what: "another name", before: ["b", "name", "a"], now: ["a", "b", "customer"], order: ["b", "customer", "a"] },
  { what: "a row that went", before: ["c", "b", "a"], now: ["a", "c"], order: ["c", "a"] },
  { what: "another record altogether", before: ["x", "y"], now: ["b", "a"], order: ["b", "a"] },
])("$what", ({ before, now, order }) => {
  expect(stableOrder(before, now)).toEqual(order);
});
