import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DURATION_PATTERN,
  DurationError,
  LONGEST_DURATION,
  formatDuration,
  isDuration,
  parseDuration,
} from "./duration.ts";

describe("parseDuration", () => {
  it.each([
    ["0s", 0],
    ["250ms", 250],
    ["30s", 30_000],
    ["15m", 900_000],
    ["2h", 7_200_000],
    ["7d", 604_800_000],
    ["1w", 604_800_000],
    ["PT1.5S", 1_500],
    ["PT1H30M", 5_400_000],
    ["P2D", 172_800_000],
    ["P1W", 604_800_000],
    ["P1DT12H", 129_600_000],
    ["36500d", LONGEST_DURATION],
  ])("reads %s", (text, length) => {
    expect(parseDuration(text)).toBe(length);
    expect(DURATION_PATTERN.test(text)).toBe(true);
  });

  it.each(["", "7", "d", "-1s", "1.5h", "1h30m", "7 d", "P1Y", "P1M", "P", "PT", "P1DT", "1y", "36501d", " 1s", "1S"])(
    "refuses %j",
    (text) => {
      expect(isDuration(text)).toBe(false);
      expect(() => parseDuration(text)).toThrow(DurationError);
    },
  );
});

describe("formatDuration", () => {
  it("uses the largest unit that divides the length", () => {
    expect([0, 999, 1_000, 90_000, 3_600_000, 1_209_600_000].map(formatDuration)).toEqual([
      "0s",
      "999ms",
      "1s",
      "90s",
      "1h",
      "14d",
    ]);
  });

  it("is read back as the same length", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: LONGEST_DURATION }),
        (length) => parseDuration(formatDuration(length)) === length,
      ),
    );
  });
});
