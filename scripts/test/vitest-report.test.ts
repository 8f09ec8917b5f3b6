import { describe, expect, it } from "vitest";
import { tallyOf } from "./vitest-report.ts";

const file = (status: string, ...tests: readonly string[]) => ({
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
