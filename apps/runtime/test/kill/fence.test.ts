/**
 * The fence on two connections: what a process writes that no longer holds the run is not written, whichever of the
 * two, the late write and the takeover, gets to the row first.
 */
import type pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { closeRow, stepRow, waitKeyRows, waitRow } from "../../src/host/rows.ts";
import { uuid7 } from "../../src/ids/uuid7.ts";
import { abandonLeases, renewLeases, takeLeases } from "../../src/store/leases.ts";
import { loadRuns } from "../../src/store/load-run.ts";
import { orderRun } from "../../src/store/wake-runs.ts";
import { registerWorker } from "../../src/store/workers.ts";
import type { Part } from "../../src/writer/run-write.ts";
import { createRuntimeDatabase } from "../support/runtime-database.ts";
import { checkpoint, connect, insertRun, type RunRow, untilBlocked } from "./support/run-rows.ts";

let database: Awaited<ReturnType<typeof createRuntimeDatabase>>;
/** Of the process that held the run, and of the one that takes it over. */
let former: pg.Pool;
let taker: pg.Pool;
let observer: pg.Pool;
let run: RunRow;
let other: { readonly workerId: number; readonly leaseMs: number };

beforeEach(async () => {
  database = await createRuntimeDatabase();
  [former, taker, observer] = [connect(database.url), connect(database.url), connect(database.url)];
  run = await insertRun(observer, -1);
  const workerId = await registerWorker(observer, { host: "test", pid: process.pid, nodeTypes: {} });
  other = { workerId, leaseMs: 60_000 };
});

afterEach(async () => {
  await Promise.all([former.end(), taker.end(), observer.end()]);
  await database.drop();
});

const step = (node: string, seq: number): string =>
  stepRow({
    run: run.id,
    node,
    call: "main",
    attempt: 1,
    seq,
    status: "completed",
    port: "out",
    startedAt: 1,
    at: 2,
    output: "{}",
  });

/** What the former holder has to write. */
const write = () => checkpoint(former, { run, epoch: 1 }, { steps: [step("late", 1)] });

/** Waking takes the run in the same statement, where nobody holds it. */
const wake = (take: boolean) => orderRun(taker, { workspace: 1, id: run.id }, { pause: true }, { ...other, take });

describe("a takeover that comes first", () => {
  const takeovers = {
    "of a run whose lease is over": () => takeLeases(taker, [run.id], other),
    "by whoever wakes it": () => wake(true),
  };

  test.for(Object.entries(takeovers))("%s lets the late write wait, and then not in", async ([, takeOver]) => {
    await taker.query("begin");
    await takeOver();
    const late = write();
    await untilBlocked(observer);
    await taker.query("commit");
    expect(await late).toEqual([]);
    expect(await count("steps")).toBe(0);
    expect(await epoch()).toBe(2);
  });
});

describe("a write that comes first", () => {
  test("is left alone by the takeover, which then finds what was written", async () => {
    await former.query("begin");
    expect(await write()).toHaveLength(1);
    expect(await takeLeases(taker, [run.id], other)).toEqual([]);
    await former.query("commit");
    expect(await takeLeases(taker, [run.id], other)).toEqual([{ run: run.id, epoch: 2 }]);
    const [loaded] = await loadRuns(taker, [run.id]);
    expect(loaded?.steps.map(({ node }) => node)).toEqual(["late"]);
  });

  test("makes whoever wakes the run wait, and then take it with what was written", async () => {
    await former.query("begin");
    await write();
    const order = wake(true);
    await untilBlocked(observer);
    await former.query("commit");
    expect(await order).toMatchObject({ owner: other.workerId, epoch: 2 });
    expect(await count("steps")).toBe(1);
  });
});

describe("whoever has lost the run", () => {
  beforeEach(async () => {
    await takeLeases(taker, [run.id], other);
  });

  test("writes nothing, in no table", async () => {
    const before = await everything();
    const wait = uuid7();
    const event = { r: run.id, id: uuid7(), w: 1, n: "a/b", d: {}, actor: "system:test", at: 1 };
    const child = { id: uuid7(), w: 1, f: 1, v: 1, take: false, at: 1, actor: "a:b", trig: {}, inp: {}, par: run.id };
    const rows: { [part in Part]: string[] } = {
      starts: [JSON.stringify({ ...child, root: run.id, pn: "n", it: 0 })],
      steps: [step("late", 1)],
      intents: [JSON.stringify({ r: run.id, n: "n", c: "main", a: 1, k: "k" })],
      payloads: [JSON.stringify({ id: uuid7(), r: run.id, v: {} })],
      waits: [waitRow({ id: wait, run: run.id, node: "n", kind: "event", at: 1, lookFrom: 1, outcomes: [] })],
      waitKeys: [...waitKeyRows(run.id, wait, 1, [{ port: "p", event: "a/b", match: {} }])],
      waitCloses: [closeRow(run.id, "n", "canceled", 1)],
      timers: [JSON.stringify({ r: run.id, n: "", at: 1 })],
      timerDrops: [JSON.stringify({ r: run.id, n: "" })],
      events: [JSON.stringify(event)],
      tasks: [
        JSON.stringify({
          id: uuid7(),
          w: 1,
          r: run.id,
          wait,
          n: "n",
          t: "T",
          c: {},
          a: {},
          o: [],
          pre: {},
          cols: [],
          nr: false,
          at: 1,
        }),
      ],
      taskCloses: [closeRow(run.id, "n", "canceled", 1)],
      incidents: [
        JSON.stringify({ id: uuid7(), w: 1, r: run.id, n: "n", k: "unknown_outcome", of: "step", a: 1, x: {}, at: 1 }),
      ],
      incidentCloses: [closeRow(run.id, "n", "canceled", 1)],
      childCancels: [JSON.stringify({ r: run.id, n: "n" })],
      runs: [JSON.stringify({ id: run.id, s: "completed", fin: 1, q: 1 })],
    };
    expect(await checkpoint(former, { run, epoch: 1 }, rows)).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  test("keeps no lease by renewing it, and gives none up", async () => {
    const lease = [{ run: run.id, epoch: 1 }];
    expect(await renewLeases(former, lease, { workerId: run.worker, leaseMs: 1 })).toEqual(new Map());
    await abandonLeases(former, lease);
    const { rows } = await observer.query(
      "select lease_owner, lease_until > clock_timestamp() as live from holdfast.runs",
    );
    expect(rows).toEqual([{ lease_owner: other.workerId, live: true }]);
  });
});

describe("a lease", () => {
  test("is not taken from whoever holds it", async () => {
    await takeLeases(taker, [run.id], other);
    expect(await takeLeases(former, [run.id], { workerId: run.worker, leaseMs: 1_000 })).toEqual([]);
  });

  test("is given up only by a holder that has seen every wake-up", async () => {
    const release = { id: run.id, s: "waiting", st: {}, q: 0, rel: true, seen: 0 };
    await wake(false);
    const [unseen] = await checkpoint(former, { run, epoch: 1 }, { runs: [JSON.stringify(release)] });
    expect(unseen?.released).toBe(false);
    const [seen] = await checkpoint(former, { run, epoch: 1 }, { runs: [JSON.stringify({ ...release, seen: 1 })] });
    expect(seen?.released).toBe(true);
  });
});

async function count(table: "steps"): Promise<number> {
  return (await observer.query(`select from holdfast.${table}`)).rowCount ?? 0;
}

async function epoch(): Promise<unknown> {
  return (await observer.query<{ epoch: number }>("select epoch from holdfast.runs")).rows[0]?.epoch;
}

/** Every row of every table that a checkpoint writes. */
async function everything(): Promise<readonly unknown[]> {
  const tables = [
    "runs",
    "steps",
    "intents",
    "payloads",
    "waits",
    "wait_keys",
    "timers",
    "events",
    "tasks",
    "incidents",
  ];
  const all: unknown[] = [];
  for (const table of tables) all.push((await observer.query(`select t::text from holdfast.${table} t`)).rows);
  return all;
}
