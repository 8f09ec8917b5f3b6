import { expect, it } from "vitest";
import { waitLength } from "./wait-rail.ts";

it.each([
  { text: "7d", segments: 7 },
  { text: "2d", segments: 8 },
  { text: "5d", segments: 5 },
  { text: "30d", segments: 10 },
  { text: "2h", segments: 4 },
  { text: "90s", segments: 9 },
])("cuts $text into $segments", ({ text, segments }) => {
  expect(waitLength(text)?.segments).toBe(segments);
});

it("puts reminders between the ends", () => {
  expect(waitLength("7d", ["2d", "9d", "{{ input.when }}"])?.marks).toEqual([2]);
});

it("knows no length of a template", () => {
  expect(waitLength("{{ input.limit }}")).toBeUndefined();
});
