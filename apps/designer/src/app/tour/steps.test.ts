import { describe, expect, it } from "vitest";
import { canBegin, NOTE, placeNote, stepDone, STEPS, wantsTour } from "./steps.ts";

describe("wantsTour", () => {
  it.each([
    { path: "/flows/refund", search: "?tour=1", toured: true, wanted: true },
    { path: "/flows/process-refund", search: "", toured: false, wanted: true },
    { path: "/flows/process-refund", search: "", toured: true, wanted: false },
    { path: "/flows/refund", search: "", toured: false, wanted: false },
    { path: "/flows/refund", search: "?tour=0", toured: false, wanted: false },
    { path: "/flows/refund/runs", search: "?tour=1", toured: false, wanted: false },
    { path: "/flows", search: "?tour=1", toured: false, wanted: false },
  ])("$path$search, toured: $toured → $wanted", ({ path, search, toured, wanted }) => {
    expect(wantsTour(path, search, toured)).toBe(wanted);
  });
});

describe("placeNote", () => {
  const view = { width: 1440, height: 900 };
  it("stands beside what it points at", () => {
    expect(placeNote({ left: 300, top: 300, width: 288, height: 124 }, view)).toEqual({ left: 602, top: 300 });
  });
  it("goes to the other side at the right edge", () => {
    expect(placeNote({ left: 1_300, top: 8, width: 100, height: 28 }, view)).toEqual({ left: 966, top: 12 });
  });
  it.each([undefined, { left: 0, top: 700, width: 390, height: 100 }, { left: 0, top: 0, width: 390, height: 844 }])(
    "stays in sight on a phone (%j)",
    (anchor) => {
      const { left, top } = placeNote(anchor, { width: 390, height: 844 });
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left + Math.min(NOTE.width, 366)).toBeLessThanOrEqual(390);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top + NOTE.height).toBeLessThanOrEqual(844);
    },
  );
});

describe("the steps", () => {
  const at = (anchor: string): number => STEPS.findIndex((step) => step.anchor === anchor);
  it("begin where there are a waiting card and a button to test it", () => {
    expect(canBegin(new Set(["card", "run"]))).toBe(true);
    expect(canBegin(new Set(["run"]))).toBe(false);
    expect(canBegin(new Set())).toBe(false);
  });
  it("go on when what they ask for is done", () => {
    expect(stepDone(at("card"), new Set(["card", "run"]), true)).toBe(false);
    expect(stepDone(at("run"), new Set(["card", "run"]), true)).toBe(false);
    expect(stepDone(at("run"), new Set(["run", "decide", "skip"]), true)).toBe(true);
    expect(stepDone(at("decide"), new Set(["run", "skip"]), false)).toBe(false);
    expect(stepDone(at("decide"), new Set(["run", "skip"]), true)).toBe(true);
    expect(stepDone(at("skip"), new Set(["run", "skip"]), true)).toBe(false);
  });
});
