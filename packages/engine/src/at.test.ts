import { expect, test } from "vitest";
import { at } from "./at.ts";

test("gives the element, or refuses", () => {
  expect(at(["a", undefined], 0)).toBe("a");
  expect(at(["a", undefined], 1)).toBeUndefined();
  expect(() => at(["a"], 1)).toThrow(RangeError);
  expect(() => at(["a"], -1)).toThrow(RangeError);
});
