import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const MODULE = JSON.stringify(path.join(import.meta.dirname, "stray-failures.ts"));

/** What a process says that runs `code` and lives for a moment, and how it ends. */
async function processWith(code: string): Promise<{ readonly said: string; readonly status: unknown }> {
  const script = `import { catchStrays, outsideOfAttempts, whileAttempted } from ${MODULE};
    catchStrays();
    setTimeout(() => console.log("lives on"), 100);
    ${code}`;
  const run = promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script]);
  return run.then(
    ({ stdout }) => ({ said: stdout, status: 0 }),
    (error: { readonly stdout: string; readonly code: unknown }) => ({ said: error.stdout, status: error.code }),
  );
}

const attempt = (code: string): string =>
  `whileAttempted((error) => console.log("attempt: " + error.message), async () => { ${code} });`;

test.each([
  ["a promise that nobody awaits", 'void Promise.reject(new Error("late"));'],
  ["one behind a pause", 'void (async () => { await new Promise(setImmediate); throw new Error("late"); })();'],
  ["a timer", 'setTimeout(() => { throw new Error("late"); }, 5);'],
])("%s fails the attempt and not the process", async (_, code) => {
  expect(await processWith(attempt(code))).toEqual({ said: "attempt: late\nlives on\n", status: 0 });
});

test.each([
  ["no node", 'void Promise.reject(new Error("late"));'],
  ["the host on behalf of one", attempt('outsideOfAttempts(() => void Promise.reject(new Error("late")));')],
])("what comes from %s ends the process", async (_, code) => {
  const { said, status } = await processWith(code);
  expect(said).toBe("");
  expect(status).not.toBe(0);
});
