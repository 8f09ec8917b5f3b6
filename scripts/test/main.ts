/**
 * Runs every suite and sums up. A suite is a process that leaves a report; browser tests join as a second one.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ROOT } from "../root.ts";
import { lineOf, sum } from "../tally.ts";
import type { Tally } from "../tally.ts";
import { readReport, tallyOf } from "./vitest-report.ts";

/** @param args Handed on, such as a folder or `-t name`. */
function runVitest(args: readonly string[], reports: string): Tally {
  const report = path.join(reports, "vitest.json");
  const vitest = path.join(ROOT, "node_modules", "vitest", "vitest.mjs");
  const { status } = spawnSync(
    process.execPath,
    [vitest, "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...args],
    { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] },
  );
  return tallyOf(readReport(report), status ?? 1);
}

const reports = mkdtempSync(path.join(tmpdir(), "holdfast-test-"));
try {
  const total = sum([runVitest(process.argv.slice(2), reports)]);
  console.log(lineOf(total));
  process.exitCode = total.failed === 0 ? 0 : 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
