import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Tally } from "../tally.ts";

/** The part of vitest's JSON report that is counted. */
const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({ name: z.string(), status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

/** A busy machine may make a file or two late. More that need a second try are a fault of ours. */
const MOST_SECOND_TRIES = 2;

/**
 * Counts the tests of a run. A file that failed without a failed test (it could not be loaded, a hook threw) counts as
 * one failure, and so does a run that ended badly with nothing else to show for it: a red run never reads as green.
 *
 * @param report The parsed report, or undefined if the run wrote none.
 * @param exitCode Of the vitest process.
 */
export function tallyOf(report: unknown, exitCode: number): Tally {
  const parsed = reportSchema.safeParse(report);
  if (!parsed.success) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults } = parsed.data;
  const brokenFiles = testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const failed = numFailedTests + brokenFiles;
  return { passed: numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}

/** The files that get a second try, alone: those with a failure, if they are few. */
export function lateFiles(report: unknown): readonly string[] {
  const parsed = reportSchema.safeParse(report);
  if (!parsed.success) return [];
  const failed = parsed.data.testResults.filter(({ status }) => status === "failed").map(({ name }) => name);
  return failed.length <= MOST_SECOND_TRIES ? failed : [];
}

/** Both tries together: what was late is counted as the second one saw it. */
export function afterSecondTry(first: Tally, second: Tally): Tally {
  return second.failed === 0
    ? { passed: first.passed + first.failed, failed: 0 }
    : { passed: first.passed, failed: second.failed };
}

/** @returns undefined if there is no report or it can't be read. */
export function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
