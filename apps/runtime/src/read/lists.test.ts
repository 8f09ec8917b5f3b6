/** Lists of an installation that has been used for a while. */
import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestDatabase } from "@holdfast/testkit/test-database";
import { createRuntimeDatabase } from "../../test/support/runtime-database.ts";
import { createPool } from "../database/pool.ts";
import { listFlowRows } from "./flow-rows.ts";
import { readHealth } from "./health.ts";
import { incidentGroups } from "./incident-groups.ts";
import { countRuns, startsOf } from "./run-counts.ts";
import { listRunRows } from "./run-rows.ts";

const FLOWS = 500;
const RUNS = Number(process.env["HOLDFAST_TEST_RUNS"] ?? 5_000);

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createRuntimeDatabase();
  pool = createPool({ url: database.url, max: 4, name: "test", onError: () => {} });
  const document = JSON.stringify({ dsl: 1, id: "x", name: "X", triggers: [], nodes: {}, edges: [] });
  await pool.query(
    `insert into holdfast.flows (workspace, id, live_version) select 1, 'flow-' || n, 1 from generate_series(1, $1) n`,
    [FLOWS],
  );
  await pool.query(
    `insert into holdfast.flow_versions (flow, version, name, hash, document, manifests, published_by)
     select ref, 1, initcap(id), 'h', $1, '{}', 'person:nobody' from holdfast.flows`,
    [document],
  );
  // One run a minute, back from now: a tenth waits, a hundredth failed, the others are over.
  await pool.query(
    `insert into holdfast.runs (id, workspace, flow, flow_version, status, started_at, finished_at, actor, trigger, input)
     select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7000' || '8' || lpad(to_hex(n), 15, '0'))::uuid,
            1, f.ref, v.ref, s.status, at, case when s.status = 'waiting' then null else at end, 'system:test', '{}', '{}'
       from generate_series(1, $1) n
       cross join lateral (select clock_timestamp() - n * interval '1 minute' as at) a
       cross join lateral (
         select case when n % 10 = 0 then 'waiting' when n % 100 = 1 then 'failed' else 'completed' end as status
       ) s
       join holdfast.flows f on f.id = 'flow-' || (1 + n % $2)
       join holdfast.flow_versions v on v.flow = f.ref`,
    [RUNS, FLOWS],
  );
  await pool.query("vacuum analyze holdfast.runs, holdfast.flows, holdfast.flow_versions");
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

test("500 flows tell what waits and what began in the last week", async () => {
  const rows = await listFlowRows(pool, 1, { archived: false });
  expect(rows).toHaveLength(FLOWS);
  expect(sum(rows.map(({ waiting }) => waiting))).toBe(RUNS / 10);
  expect(sum(rows.flatMap(({ week }) => week))).toBe(Math.min(RUNS, 7 * 24 * 60 - 1));
  const flow = rows.find(({ id }) => id === "flow-1");
  expect(flow).toMatchObject({ name: "Flow-1", liveVersion: 1, versionCount: 1, draft: null, archived: false });
  expect(flow?.week).toHaveLength(7);
});

test("runs are counted by status and by when they began", async () => {
  expect(await countRuns(pool, 1, {})).toMatchObject({
    waiting: RUNS / 10,
    failed: RUNS / 100,
    completed: RUNS - RUNS / 10 - RUNS / 100,
  });
  expect(await countRuns(pool, 1, { flow: "flow-1" })).toMatchObject({ waiting: RUNS / FLOWS });
  expect(await countRuns(pool, 2, {})).toMatchObject({ waiting: 0, completed: 0 });
  const { bars } = await startsOf(pool, 1, { days: 1, bars: 24 });
  // The minute under way, and the one that ran out meanwhile.
  expect(Math.abs(sum(bars.map(({ runs }) => runs)) - 24 * 60)).toBeLessThanOrEqual(2);
  for (const { runs } of bars) expect(Math.abs(runs - 60)).toBeLessThanOrEqual(2);
});

test("a run that waits for a repair is counted there alone", async () => {
  const { rows } = await pool.query<{ id: string; flow: string }>(
    `with broken as (
       select r.id, f.id as flow from holdfast.runs r join holdfast.flows f on f.ref = r.flow
        where r.status = 'waiting' order by r.id desc limit 1
     ), opened as (
       insert into holdfast.incidents (id, workspace, run, node, kind, of, attempt, error, status, opened_at)
       select gen_random_uuid(), 1, id, 'x', 'retries_exhausted', 'step', 1, '{}', 'open', holdfast.now() from broken
     )
     select id, flow from broken`,
  );
  const flow = rows[0]?.flow ?? "";
  expect(await countRuns(pool, 1, {})).toMatchObject({ all: RUNS, waiting: RUNS / 10 - 1, incident: 1 });
  const row = (await listFlowRows(pool, 1, { archived: false })).find(({ id }) => id === flow);
  expect(row).toMatchObject({ waiting: RUNS / FLOWS - 1, incidents: 1 });
  await pool.query("delete from holdfast.incidents");
});

test("the runs of a flow are found by its index, however many others there are", async () => {
  const { items } = await listRunRows(pool, 1, { flow: "flow-1" }, { limit: 5 });
  expect(items).toHaveLength(5);
  expect(items.map(({ id }) => id)).toEqual(
    items
      .map(({ id }) => id)
      .toSorted()
      .toReversed(),
  );
  const { rows } = await pool.query<{ "QUERY PLAN": string }>(
    `explain select * from holdfast.runs where parent is null
        and flow = (select ref from holdfast.flows where workspace = 1 and id = 'flow-1') order by id desc limit 5`,
  );
  expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toContain("runs_of_flow");
});

test("health tells of tables, timers and processes, and incidents of nothing", async () => {
  expect(await readHealth(pool)).toMatchObject({
    workers: [],
    queue: { waiting: 0, failed: 0, oldestMs: null },
    timers: { total: 0, due: 0, nextAt: null },
    migrations: expect.arrayContaining([expect.objectContaining({ number: 3 })]),
    tables: expect.arrayContaining([expect.objectContaining({ name: "runs" })]),
  });
  expect(await incidentGroups(pool, 1)).toEqual({ groups: [], total: 0 });
});
