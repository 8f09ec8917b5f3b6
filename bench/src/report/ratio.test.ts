import { describe, expect, test } from "vitest";
import { judge } from "./ratio.ts";
import { TARGETS } from "./targets.ts";

const least = { atLeast: 20, unit: "×", meaning: "runs" } as const;
const most = { atMost: 0.3, unit: "×", meaning: "time" } as const;

describe("judge", () => {
  test("at least: met on the bound and above", () => {
    expect(judge(20, least)).toMatchObject({ met: true, missedBy: 0, target: { atLeast: 20 } });
    expect(judge(25, least).met).toBe(true);
  });

  test("at least: missed by a share of the target", () => {
    expect(judge(16, least)).toMatchObject({ met: false, missedBy: 0.2 });
  });

  test("at most: met on the bound and below", () => {
    expect(judge(0.3, most)).toMatchObject({ met: true, missedBy: 0, target: { atMost: 0.3 } });
    expect(judge(0.1, most).met).toBe(true);
  });

  test("at most: missed by a share of the target", () => {
    expect(judge(0.45, most)).toMatchObject({ met: false, missedBy: 0.5 });
  });

  test("what is not a number is not met", () => {
    expect(judge(Number.NaN, least).met).toBe(false);
  });

  test("judges by the exact value and tells the rounded one", () => {
    expect(judge(0.300_04, most)).toMatchObject({ value: 0.3, met: false });
  });
});

test("every target has one bound", () => {
  for (const target of Object.values(TARGETS)) {
    expect("atLeast" in target ? !("atMost" in target) : "atMost" in target).toBe(true);
  }
});
