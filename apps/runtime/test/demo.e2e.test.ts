/**
 * `npm run demo` as people start it, with everything it promises: told by its `--json`, and by what is left afterwards.
 */
import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";

const DEMO = fileURLToPath(new URL("../scripts/demo.ts", import.meta.url));

/** Seconds on a quiet machine; here other tests run beside it. */
const GENEROUS_MS = 180_000;

/** Where the demo makes its folder: empty again afterwards. */
let temporary: string;
beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), "hf-"));
});
afterEach(() => rm(temporary, { recursive: true, force: true }));

async function demo(databaseUrl: string, ...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [DEMO, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TMPDIR: temporary, OPENAI_API_KEY: "", DATABASE_URL: databaseUrl },
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}
