import { describe, expect, it } from "vitest";
import { afterSecondTry, lateFiles, tallyOf } from "./vitest-report.ts";

const file = (status: string, ...tests: readonly string[]) => ({
  name: `${status}.test.ts`,
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

describe("tallyOf", () => {
  it("counts tests", () => {
    const report = {
      numPassedTests: 2,
      numFailedTests: 1,
      testResults: [file("failed", "passed", "passed", "failed")],
    };
    expect(tallyOf(report, 1)).toEqual({ passed: 2, failed: 1 });
  });

  it("counts a file that could not be loaded as one failure", () => {
    const report = { numPassedTests: 1, numFailedTests: 0, testResults: [file("passed", "passed"), file("failed")] };
    expect(tallyOf(report, 1)).toEqual({ passed: 1, failed: 1 });
  });

  it("never calls a run green that ended badly", () => {
    const report = { numPassedTests: 1, numFailedTests: 0, testResults: [file("passed", "passed")] };
    expect(tallyOf(report, 1)).toEqual({ passed: 1, failed: 1 });
  });

  it("counts a run without a report as one failure", () => {
    expect(tallyOf(undefined, 0)).toEqual({ passed: 0, failed: 1 });
  });
});

describe("a second try", () => {
  const report = (failed: number): unknown => ({
    numPassedTests: 1,
    numFailedTests: failed,
    testResults: [file("passed", "passed"), ...Array.from({ length: failed }, () => file("failed", "failed"))],
  });

  it("is for the few files that failed", () => {
    expect(lateFiles(report(0))).toEqual([]);
    expect(lateFiles(report(2))).toEqual(["failed.test.ts", "failed.test.ts"]);
    expect(lateFiles(report(3))).toEqual([]);
    expect(lateFiles(undefined)).toEqual([]);
  });

  it("makes good what was late, and nothing else", () => {
    expect(afterSecondTry({ passed: 9, failed: 2 }, { passed: 5, failed: 0 })).toEqual({ passed: 11, failed: 0 });
    expect(afterSecondTry({ passed: 9, failed: 2 }, { passed: 4, failed: 1 })).toEqual({ passed: 9, failed: 1 });
  });
});
