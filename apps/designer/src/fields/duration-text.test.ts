import { isDuration, parseDuration } from "@holdfast/dsl";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { durationWords, partsOf, readDuration } from "./duration-text.ts";

describe("durations", () => {
  it.each([
    ["7d", "7 days"],
    ["150m", "2 hours 30 minutes"],
    ["PT1H", "1 hour"],
    ["1500ms", "1 second 500 milliseconds"],
    ["0s", "0 seconds"],
    ["{{ input.x }}", "{{ input.x }}"],
  ])("%s reads %s", (text, shown) => {
    expect(durationWords(text, "en")).toBe(shown);
  });

  it("reads in Ukrainian", () => {
    expect(durationWords("2d", "uk")).toBe("2 дні");
    expect(durationWords("7d", "uk")).toBe("7 днів");
  });

  it.each([
    ["7d", "7d"],
    ["2h 30m", "150m"],
    ["2 hours and 30 minutes", "150m"],
    ["1.5 h", "90m"],
    ["2 тижні", "14d"],
    ["1 год 30 хв", "90m"],
    ["3", "3d"],
    ["PT90M", "90m"],
    ["soon", undefined],
    ["7 moons", undefined],
    ["", undefined],
  ])("takes %s as %s", (typed, duration) => {
    expect(readDuration(typed, "d")).toBe(duration);
  });

  it("reads its own words back", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.constantFrom("en" as const, "uk" as const), (ms, language) => {
        const text = `${ms}ms`;
        const read = readDuration(durationWords(text, language), "d");
        expect(read !== undefined && isDuration(read) && parseDuration(read)).toBe(ms);
      }),
    );
  });

  it("has an amount and a unit", () => {
    expect(partsOf("168h")).toEqual({ amount: 7, unit: "d" });
    expect(partsOf("90m")).toEqual({ amount: 90, unit: "m" });
    expect(partsOf("500ms")).toBeUndefined();
    expect(partsOf("soon")).toBeUndefined();
  });
});
