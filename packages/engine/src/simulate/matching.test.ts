import { expect, test } from "vitest";
import { sameJson } from "./matching.ts";

test("JSON is compared by meaning, types included", () => {
  expect(sameJson({ a: [1, { b: null }], c: "x" }, { c: "x", a: [1, { b: null }] })).toBe(true);
  expect(sameJson([1, 2], [1])).toBe(false);
  expect(sameJson([1], { 0: 1 })).toBe(false);
  expect(sameJson([1], [2])).toBe(false);
  expect(sameJson({ a: 1 }, { b: 1 })).toBe(false);
  expect(sameJson({ a: 1 }, { a: 1, b: 1 })).toBe(false);
  expect(sameJson({ a: 1 }, null)).toBe(false);
  expect(sameJson(1, "1")).toBe(false);
});
