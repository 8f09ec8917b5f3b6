/**
 * `npm run mutants`: takes out, one at a time, what the promises hang on, and runs the tests that have to notice. Ends
 * with `N passed, N failed`: a mutant that no test noticed has failed. Arguments choose mutants by part of their name.
 */
import { spawnSync } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { type Mutant, MUTANTS } from "./mutants/mutants.ts";
import { WorkspaceCopy } from "./mutants/workspace-copy.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");

/** A mutant often shows by something that never comes; nobody waits a minute for that. */
const PATIENCE_MS = 20_000;

const reportSchema = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });

type Report = z.output<typeof reportSchema>;

const wanted = process.argv.slice(2);
const chosen = MUTANTS.filter(({ name }) => wanted.every((part) => name.includes(part)));
await using copy = await WorkspaceCopy.create(ROOT);
let failed = 0;
for (const mutant of chosen) {
  const verdict = await judge(copy, mutant);
  if (verdict !== undefined) failed += 1;
  console.log(`${verdict === undefined ? "noticed" : "NOT NOTICED"}  without ${mutant.name}${verdict ?? ""}`);
}
console.log(`${chosen.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** What is wrong about a mutant; undefined: the tests are green without it and red with it. */
async function judge(workspace: WorkspaceCopy, mutant: Mutant): Promise<string | undefined> {
  const healthy = await runTests(workspace, mutant);
  if (healthy === undefined || healthy.numFailedTests > 0 || healthy.numPassedTests === 0) {
    return `: ${mutant.tests} is not green to begin with`;
  }
  const sick = await workspace.with(mutant, () => runTests(workspace, mutant));
  if (sick === undefined) return `: ${mutant.tests} could not be run`;
  return sick.numFailedTests > 0 ? undefined : `: ${mutant.tests} is green`;
}

/** Undefined: the tests did not even run, which is no sign of having noticed. */
async function runTests({ folder }: WorkspaceCopy, { tests, named }: Mutant): Promise<Report | undefined> {
  const output = path.join(folder, "report.json");
  await rm(output, { force: true });
  spawnSync(
    process.execPath,
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      `apps/runtime/test/kill/${tests}`,
      ...(named === undefined ? [] : ["-t", named]),
      "--reporter=json",
      `--outputFile.json=${output}`,
    ],
    {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, HOLDFAST_KILL: "all", HOLDFAST_TEST_PATIENCE_MS: String(PATIENCE_MS) },
    },
  );
  const text = await readFile(output, "utf8").catch(() => undefined);
  return text === undefined ? undefined : reportSchema.parse(JSON.parse(text));
}
