import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../root.ts";
import type { Verdict } from "./gate.ts";

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/**
 * Runs a program of `node_modules/.bin` over the repository. It passes when it exits with 0.
 *
 * @param name As in `node_modules/.bin`.
 */
export function tool(name: string, args: readonly string[]): Verdict {
  const program = path.join(ROOT, "node_modules", ".bin", name);
  if (!existsSync(program)) return { passed: false, output: `${name} is not installed` };
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", npm_config_loglevel: "silent" },
    maxBuffer: MAX_OUTPUT_BYTES,
    shell: process.platform === "win32",
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (error !== undefined) return { passed: false, output: error.message };
  return { passed: status === 0, output: `${stdout}${stderr}`.trim() };
}
