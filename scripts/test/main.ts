/**
 * Runs every suite and sums up: vitest, then the built app in a browser. A suite is a process that leaves a report.
 * With arguments (a folder, `-t name`) it is vitest alone.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ROOT } from "../root.ts";
import { lineOf, sum } from "../tally.ts";
import type { Tally } from "../tally.ts";
import { browserTallyOf } from "./playwright-report.ts";
import { afterSecondTry, lateFiles, readReport, tallyOf } from "./vitest-report.ts";

/** @param args Handed on, such as a folder or `-t name`. */
function vitest(args: readonly string[], report: string): number {
  const program = path.join(ROOT, "node_modules", "vitest", "vitest.mjs");
  const options = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  return (
    spawnSync(process.execPath, [program, "run", ...options, ...args], {
      cwd: ROOT,
      stdio: ["ignore", "inherit", "inherit"],
    }).status ?? 1
  );
}

/** What failed in a file or two is tried once more, alone, and told: the browser's stories have the same. */
function runVitest(args: readonly string[], reports: string): Tally {
  const report = path.join(reports, "vitest.json");
  const code = vitest(args, report);
  const first = tallyOf(readReport(report), code);
  const late = args.length === 0 ? lateFiles(readReport(report)) : [];
  if (late.length === 0) return first;
  console.log(`\nSecond try, alone: ${late.map((file) => path.relative(ROOT, file)).join(", ")}\n`);
  const again = path.join(reports, "again.json");
  const codeAgain = vitest(late, again);
  return afterSecondTry(first, tallyOf(readReport(again), codeAgain));
}

const DESIGNER = path.join(ROOT, "apps", "designer");

/** Builds the app and drives it in a browser. */
function runBrowser(reports: string): Tally {
  const report = path.join(reports, "playwright.json");
  const run = (file: readonly string[], args: readonly string[]): number =>
    spawnSync(process.execPath, [path.join(ROOT, "node_modules", ...file), ...args], {
      cwd: DESIGNER,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    }).status ?? 1;
  if (run(["vite", "bin", "vite.js"], ["build", "--logLevel", "warn"]) !== 0) return { passed: 0, failed: 1 };
  const status = run(["@playwright", "test", "cli.js"], ["test", "--reporter=list,json"]);
  return browserTallyOf(readReport(report), status);
}

const args = process.argv.slice(2);
const reports = mkdtempSync(path.join(tmpdir(), "holdfast-test-"));
try {
  const total = sum([runVitest(args, reports), ...(args.length === 0 ? [runBrowser(reports)] : [])]);
  console.log(lineOf(total));
  process.exitCode = total.failed === 0 ? 0 : 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
