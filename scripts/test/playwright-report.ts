import { z } from "zod";
import type { Tally } from "../tally.ts";

/** The part of Playwright's JSON report that is counted. */
const reportSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

/** A busy machine may make a story or two late. More that need a second try are a fault of ours. */
const MOST_SECOND_TRIES = 2;

/**
 * Counts the tests of a run. A run fails that ended badly with nothing else to show for it, or that saw no test, and
 * so do stories that passed only at a second try, if they are more than two.
 *
 * @param report The parsed report, or undefined if the run wrote none.
 * @param exitCode Of the Playwright process.
 */
export function browserTallyOf(report: unknown, exitCode: number): Tally {
  const parsed = reportSchema.safeParse(report);
  if (!parsed.success) return { passed: 0, failed: 1 };
  const { stats, errors } = parsed.data;
  const late = stats.flaky > MOST_SECOND_TRIES ? stats.flaky : 0;
  const passed = stats.expected + stats.flaky - late;
  const failed = stats.unexpected + late + errors.length;
  const silent = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: silent ? 1 : failed };
}
