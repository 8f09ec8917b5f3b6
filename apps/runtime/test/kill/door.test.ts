/**
 * The two functions by which SQL of a flow records itself, statement by statement: who has no pass, has lost the run, or
 * comes a second time, commits nothing.
 */
import type pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { stepRow } from "../../src/host/rows.ts";
import { takeLeases } from "../../src/store/leases.ts";
import { registerWorker } from "../../src/store/workers.ts";
import type { TestDatabase } from "@holdfast/testkit/test-database";
import { createRuntimeDatabase } from "../support/runtime-database.ts";
import { checkpoint, connect, insertRun, type RunRow } from "./support/run-rows.ts";
import { Shop } from "./support/shop.ts";

let database: TestDatabase;
let shop: Shop;
/** Of the flow, of Holdfast, and of whoever takes the run over. */
let flow: pg.Pool;
let holdfast: pg.Pool;
let run: RunRow;
let other: { readonly workerId: number; readonly leaseMs: number };

beforeEach(async () => {
  database = await createRuntimeDatabase();
  shop = new Shop(database.url);
  await shop.open();
  [flow, holdfast] = [connect(shop.url), connect(database.url)];
  run = await insertRun(holdfast, -1);
  const workerId = await registerWorker(holdfast, { host: "test", pid: process.pid, nodeTypes: {} });
  other = { workerId, leaseMs: 60_000 };
});

afterEach(async () => {
  await Promise.all([flow.end(), holdfast.end()]);
  await shop[Symbol.asyncDispose]();
  await database.drop();
});

interface Place {
  readonly epoch?: number;
  readonly call?: string;
  readonly attempt?: number;
}

const keyOf = ({ epoch = 1, call = "query", attempt = 1 }: Place) => [run.id, epoch, "count", call, attempt, "main"];

async function passFor(place: Place = {}): Promise<string> {
  const { rows } = await holdfast.query<{ pass: string }>(
    "select holdfast.door_pass($1, $2, $3, $4, $5, $6) as pass",
    keyOf(place),
  );
  return rows[0]?.pass ?? "";
}

/** Enters, and counts. */
async function begin(place: Place = {}): Promise<void> {
  const pass = await passFor(place);
  await flow.query("begin");
  await flow.query("select holdfast_door.enter($1, $2, $3, $4, $5, $6, $7)", [...keyOf(place), pass]);
  await flow.query("select public.count_up('door')");
}

const keep = () =>
  flow.query("select holdfast_door.keep($1, null, null)", ['{"q":1,"b":1,"e":2,"h":true,"o":{"n":1}}']);

async function end(): Promise<void> {
  await keep();
  await flow.query("commit");
}

async function kept(): Promise<readonly unknown[]> {
  await flow.query("rollback");
  return (await holdfast.query("select call, attempt, status from holdfast.steps order by seq")).rows;
}

test("what is entered and kept is recorded together with what was done", async () => {
  await begin();
  expect(await shop.counted()).toEqual([]);
  await end();
  expect(await shop.counted()).toEqual(["door"]);
  expect(await kept()).toEqual([{ call: "query", attempt: 1, status: "completed" }]);
  expect((await holdfast.query("select from holdfast.door_entries")).rowCount).toBe(0);
});

describe("nothing is committed", () => {
  test("after a takeover, not even begun", async () => {
    await takeLeases(holdfast, [run.id], other);
    await expect(begin()).rejects.toMatchObject({ code: "HF001" });
    expect(await kept()).toEqual([]);
  });

  test("after a takeover in its middle", async () => {
    await begin();
    expect(await takeLeases(holdfast, [run.id], other)).toHaveLength(1);
    await expect(keep()).rejects.toMatchObject({ code: "HF001" });
    expect(await kept()).toEqual([]);
    expect(await shop.counted()).toEqual([]);
  });

  test("a second time, in another attempt", async () => {
    await begin();
    await end();
    await begin({ attempt: 2 });
    await expect(keep()).rejects.toMatchObject({ code: "HF002" });
    expect(await kept()).toHaveLength(1);
    expect(await shop.counted()).toEqual(["door"]);
  });

  test("when the attempt is over already", async () => {
    await begin();
    const over = { run: run.id, node: "count", call: "main", attempt: 1, seq: 1, startedAt: 1, at: 2 } as const;
    const error = { kind: "timeout", code: "timeout", message: "" } as const;
    expect(
      await checkpoint(holdfast, { run, epoch: 1 }, { steps: [stepRow({ ...over, status: "failed", error })] }),
    ).toHaveLength(1);
    await expect(keep()).rejects.toMatchObject({ code: "HF001" });
    expect(await kept()).toEqual([{ call: "main", attempt: 1, status: "failed" }]);
    expect(await shop.counted()).toEqual([]);
  });

  test("when the run is over", async () => {
    await begin();
    await holdfast.query("update holdfast.runs set status = 'canceled', finished_at = clock_timestamp()");
    await expect(keep()).rejects.toMatchObject({ code: "HF001" });
    expect(await kept()).toEqual([]);
  });
});

test("a takeover waits until what is kept is committed, and then finds it", async () => {
  await begin();
  await keep();
  expect(await takeLeases(holdfast, [run.id], other)).toEqual([]);
  await flow.query("commit");
  expect(await takeLeases(holdfast, [run.id], other)).toHaveLength(1);
  expect(await kept()).toHaveLength(1);
});

describe("a pass", () => {
  test.for<[what: string, place: Place]>([
    ["epoch", { epoch: 2 }],
    ["sub-step", { call: "another" }],
    ["attempt", { attempt: 2 }],
  ])("is for one %s alone", async ([, place]) => {
    const pass = await passFor(place);
    await flow.query("begin");
    const entered = flow.query("select holdfast_door.enter($1, $2, $3, $4, $5, $6, $7)", [...keyOf({}), pass]);
    await expect(entered).rejects.toMatchObject({ code: "HF000" });
  });

  test.for(["", "x", null])("is not %j", async (pass) => {
    const entered = flow.query("select holdfast_door.enter($1, $2, $3, $4, $5, $6, $7)", [...keyOf({}), pass]);
    await expect(entered).rejects.toMatchObject({ code: "HF000" });
  });

  test("lets in for one transaction", async () => {
    await expect(keep()).rejects.toMatchObject({ code: "HF000" });
    await begin();
    await flow.query("commit");
    await flow.query("begin");
    await expect(keep()).rejects.toMatchObject({ code: "HF000" });
    expect(await kept()).toEqual([]);
  });
});
