import { z } from "zod";
import type { Tally } from "../tally.ts";

/** The part of Playwright's JSON report that is counted. */
const reportSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

/**
 * Counts the tests of a run. What passed only at a second try has failed, and so has a run that ended badly with
 * nothing else to show for it, or that saw no test.
 *
 * @param report The parsed report, or undefined if the run wrote none.
 * @param exitCode Of the Playwright process.
 */
export function browserTallyOf(report: unknown, exitCode: number): Tally {
  const parsed = reportSchema.safeParse(report);
  if (!parsed.success) return { passed: 0, failed: 1 };
  const { stats, errors } = parsed.data;
  const failed = stats.unexpected + stats.flaky + errors.length;
  const silent = failed === 0 && (exitCode !== 0 || stats.expected === 0);
  return { passed: stats.expected, failed: silent ? 1 : failed };
}
