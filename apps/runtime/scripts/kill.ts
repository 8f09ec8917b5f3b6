/** `npm run test:kill`: every cell of the kill matrix and what belongs to it. `npm test` runs a fixed third. */
import { spawnSync } from "node:child_process";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../../..");

// One file at a time: within it, two processes at a time are killed.
const { status } = spawnSync(
  process.execPath,
  ["scripts/test/main.ts", "apps/runtime/test/kill", "--no-file-parallelism", ...process.argv.slice(2)],
  { cwd: ROOT, stdio: "inherit", env: { ...process.env, HOLDFAST_KILL: "all" } },
);
process.exitCode = status ?? 1;
