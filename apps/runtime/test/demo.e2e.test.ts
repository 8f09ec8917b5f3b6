/**
 * `npm run demo` as people start it, with everything it promises: told by its `--json`, and by what is left afterwards.
 */
import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { FAKE_KEY, startOpenAi, type Reply } from "@holdfast/testkit/openai/server";
import { createTestDatabase } from "@holdfast/testkit/test-database";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";

const DEMO = fileURLToPath(new URL("../scripts/demo.ts", import.meta.url));

/** Seconds on a quiet machine; here other tests run beside it. */
const GENEROUS_MS = 180_000;

/** Where the demo makes its folder: empty again afterwards. */
let temporary: string;
beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), "hf-"));
});
afterEach(() => rm(temporary, { recursive: true, force: true }));

async function demo(
  world: { readonly [name: string]: string },
  ...args: string[]
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [DEMO, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TMPDIR: temporary, OPENAI_API_KEY: "", DATABASE_URL: "", ...world },
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}

/** Every sentence of the story. */
const PROMISES = {
  first: { orderId: "ORD-1001", status: "completed", output: { status: "escalated", amount: 0 }, days: 7 },
  second: {
    orderId: "ORD-1002",
    status: "completed",
    output: { status: "refunded", amount: 149 },
    days: 1,
    daysLeftAfterKill: 6,
    decidedTwice: "already_decided",
  },
  kill: { signal: "SIGKILL", checkpointsBefore: 8, checkpointsAfter: 8 },
  payments: [{ orderId: "ORD-1002", amount: 149, currency: "EUR", status: "settled" }],
  paymentRequests: 1,
  mail: { to: ["marcus@example.com"], subject: "Your refund for order ORD-1002 has arrived", deliveries: 1 },
  mails: [
    "Still open: Refund 89.90 EUR for order ORD-1001",
    "Nobody has decided about order ORD-1001",
    "Your refund for order ORD-1002 has arrived",
  ],
};

function expectPromises(out: string, more: object): void {
  const report: unknown = JSON.parse(out);
  expect(report).toMatchObject({ ...PROMISES, ...more });
  expect(report).toHaveProperty("payments.0.key", expect.stringMatching(/^[0-9a-f-]{36}:refund:0:main$/));
}

test("with a database of its own everything happens, and nothing is left", { timeout: GENEROUS_MS }, async () => {
  const { code, out, err } = await demo({}, "--json");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expectPromises(out, { ai: { model: "offline", offline: true } });
  expect(await readdir(temporary)).toEqual([]);
});

test("with another server and a model everything happens there", { timeout: GENEROUS_MS }, async () => {
  await using database = await createTestDatabase();
  await using provider = await startOpenAi();
  const eligible = (refundAmount: number): Reply => ({
    kind: "json",
    value: { isEligible: true, refundAmount, reason: "Fine." },
  });
  provider.script(eligible(89.9), eligible(149), { kind: "text", text: "It is paid." });
  const { code, out, err } = await demo(
    { DATABASE_URL: database.url, OPENAI_API_KEY: FAKE_KEY, OPENAI_BASE_URL: provider.url },
    "--json",
  );
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expectPromises(out, {
    ai: { model: expect.not.stringContaining("offline"), offline: false },
    // Each run has asked the model once, which is a checkpoint of its own.
    kill: { signal: "SIGKILL", checkpointsBefore: 10, checkpointsAfter: 10 },
    mail: { text: expect.stringMatching(/^It is paid\.\s*$/), deliveries: 1 },
  });
  expect(provider.requests).toHaveLength(3);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const left = await client.query("select datname from pg_database where datname like 'holdfast_demo_%'");
  await client.end();
  expect(left.rows).toEqual([]);
  expect(await readdir(temporary)).toEqual([]);
});

test("what does not happen is told, with an exit code", async () => {
  const { code, out, err } = await demo({ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" });
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toMatch(/^demo: DATABASE_URL: .+ECONNREFUSED/);
  expect(await readdir(temporary)).toEqual([]);
});
