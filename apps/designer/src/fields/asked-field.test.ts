import { describe, expect, it } from "vitest";
import { isAt, nearestPlace } from "./asked-field.ts";

describe("isAt", () => {
  it.each([
    { pointer: "/nodes/a/params/to", place: "/nodes/a/params/to", at: true },
    { pointer: "/nodes/a/params/to/0", place: "/nodes/a/params/to", at: true },
    { pointer: "/nodes/a/params/tone", place: "/nodes/a/params/to", at: false },
    { pointer: "/nodes/a", place: "/nodes/a/params", at: false },
  ])("$pointer at $place: $at", ({ pointer, place, at }) => {
    expect(isAt(pointer, place)).toBe(at);
  });
});

describe("nearestPlace", () => {
  const places = ["/nodes/a/params/outcomes", "/nodes/a/params/outcomes/1", "/nodes/a/params/outcomes/1/match", ""];
  it.each([
    ["/nodes/a/params/outcomes/1/match", "/nodes/a/params/outcomes/1/match"],
    ["/nodes/a/params/outcomes/1/event", "/nodes/a/params/outcomes/1"],
    ["/nodes/a/params/outcomes/12/event", "/nodes/a/params/outcomes"],
    ["/nodes/b/params", undefined],
  ])("%s → %s", (pointer, place) => {
    expect(nearestPlace(pointer, places)).toBe(place);
  });
});
