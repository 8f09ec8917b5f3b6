import { describe, expect, test } from "vitest";
import { median, percentile, rounded } from "./statistics.ts";

describe("median", () => {
  test("of an odd number is the middle one, whatever the order", () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  test("of an even number is the mean of the two in the middle", () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  test("one round that went wrong does not move it", () => {
    expect(median([100, 101, 1, 99, 102])).toBe(100);
  });

  test("of nothing is an error", () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe("percentile", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  test.each([
    [0, 1],
    [0.5, 50],
    [0.99, 99],
    [1, 100],
  ])("%d of 1 to 100 is %d", (share, expected) => {
    expect(percentile(hundred, share)).toBe(expected);
  });

  test("of nothing is an error", () => {
    expect(() => percentile([], 0.5)).toThrow(RangeError);
  });
});

test.each([
  [1234.56, 1235],
  [12.345, 12.3],
  [0.012_345, 0.0123],
  [0, 0],
])("%d is told as %d", (value, expected) => {
  expect(rounded(value)).toBe(expected);
});
