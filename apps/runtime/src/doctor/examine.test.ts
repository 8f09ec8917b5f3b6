import { afterAll, beforeAll, expect, test } from "vitest";
import { createRuntimeDatabase } from "../../test/support/runtime-database.ts";
import { insertSample } from "../../test/support/sample-rows.ts";
import { createPool } from "../database/pool.ts";
import { examine } from "./examine.ts";
import type { Finding } from "./finding.ts";

let pool: ReturnType<typeof createPool>;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createRuntimeDatabase();
  pool = createPool({ url: database.url, max: 1, name: "test", onError: () => {} });
  drop = () => database.drop();
});
afterAll(async () => {
  await pool.end();
  await drop();
});

const states = (findings: readonly Finding[]): Record<string, string> =>
  Object.fromEntries(findings.map(({ check, state }) => [check, state]));

test("an installation without workers has one problem, told with what to do", async () => {
  const findings = await examine(pool, Date.now);
  expect(states(findings)).toEqual({
    database: "ok",
    tables: "ok",
    clock: "ok",
    workers: "problem",
    queue: "ok",
    runs: "ok",
    history: "ok",
  });
  expect(findings.find(({ check }) => check === "workers")?.advice).toContain("holdfast worker");
});

test("finds what is stuck, late, silent, missing or ahead", async () => {
  await insertSample(pool);
  await pool.query(`insert into holdfast.workers (pool, host, pid, seen_at) values
    ('p1', 'here', 1, clock_timestamp()), (null, 'here', 2, clock_timestamp()),
    ('p2', 'here', 3, clock_timestamp() - interval '10 minutes')`);
  await pool.query("update holdfast.incidents set kind = 'node_type_missing'");
  await pool.query(
    "insert into holdfast.timers (run, due_at) select id, holdfast.now() - interval '1 hour' from holdfast.runs limit 1",
  );
  await pool.query("update holdfast.clock set demo = true, ahead = interval '7 days'");
  expect(states(await examine(pool, () => Date.now() + 60_000))).toEqual({
    database: "ok",
    tables: "ok",
    clock: "warning",
    "demo clock": "warning",
    workers: "ok",
    "silent workers": "warning",
    queue: "ok",
    timers: "problem",
    runs: "problem",
    "node types": "problem",
    incidents: "warning",
    history: "ok",
  });
});

test("tells how long history is kept, where processes disagree, and what was not forgotten in time", async () => {
  const history = async (): Promise<Finding | undefined> =>
    (await examine(pool, Date.now)).find(({ check }) => check === "history");
  expect((await history())?.detail).toMatch(/^kept for ever; the database takes \d+ \w+$/);
  await pool.query("update holdfast.workers set keeps = interval '400 days' where pool = 'p1'");
  expect(await history()).toMatchObject({
    state: "warning",
    detail: "processes keep it for different times (400 days, for ever), and the shortest wins",
  });
  await pool.query("update holdfast.workers set keeps = interval '400 days'");
  await pool.query("update holdfast.runs set started_at = holdfast.now() - interval '402 days'");
  await pool.query(
    "update holdfast.runs set finished_at = holdfast.now() - interval '400 days' where finished_at is not null",
  );
  expect((await history())?.detail).toMatch(
    /^kept for 400 days; .*; events since [\d-]+ are kept longer, because of run /,
  );
  await pool.query(
    "update holdfast.runs set finished_at = holdfast.now() - interval '402 days' where finished_at is not null",
  );
  expect(await history()).toMatchObject({
    state: "warning",
    detail: "it is to be kept for 400 days, but a run that ended 402 days ago is still there",
  });
});

test("tables of a newer program are told", async () => {
  await pool.query("insert into holdfast.migrations (number, file, hash) values (9999, 'later.sql', '')");
  const findings = await examine(pool, Date.now);
  expect(findings.at(-1)).toMatchObject({
    check: "tables",
    state: "problem",
    advice: expect.stringContaining("update"),
  });
});
