import { expect, test } from "vitest";
import { shortValue } from "./short-value.ts";

test.each([
  [["a", "b"], "a, b"],
  [[1, 2, 3, 4], "1, 2, 3, …"],
  [[{ sku: "A" }, { sku: "B" }], "sku A; sku B"],
  [{ lines: ["a", "b"] }, "lines: a, b"],
  [{ amount: 5, lines: ["a"] }, "amount 5, …"],
  [{ lines: [] }, ""],
  [[], ""],
  [null, ""],
])("%j is told as “%s”", (value, text) => {
  expect(shortValue(value)).toBe(text);
});
