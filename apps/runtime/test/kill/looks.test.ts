/**
 * The two looks on two connections. An event is committed and then looks for waits; a wait is committed and then looks
 * back: in whatever order the four happen, the wait is resolved, once.
 */
import type pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { waitKeyRows, waitRow } from "../../src/host/rows.ts";
import { uuid7 } from "../../src/ids/uuid7.ts";
import { createLogger } from "../../src/log/logger.ts";
import { Scrubber } from "../../src/log/scrubber.ts";
import { Looks } from "../../src/looks/looks.ts";
import { insertEvents } from "../../src/store/events.ts";
import { resolveWait } from "../../src/store/waits.ts";
import type { Woken } from "../../src/store/wakes.ts";
import { createRuntimeDatabase } from "../support/runtime-database.ts";
import { checkpoint, connect, insertRun, type RunRow, untilBlocked } from "./support/run-rows.ts";

const OUTCOMES = [{ port: "paid", event: "bank/paid", match: { order: 7 } }];
const EVENT = { id: uuid7(), name: "bank/paid", data: { order: 7 }, externalId: undefined };
const WAIT = uuid7();

/** Both rows are written, in transactions that are open, before the first of these happens. */
const ORDERS = [
  ["event commits", "event looks", "wait commits", "wait looks"],
  ["event commits", "wait commits", "event looks", "wait looks"],
  ["event commits", "wait commits", "wait looks", "event looks"],
  ["wait commits", "event commits", "event looks", "wait looks"],
  ["wait commits", "event commits", "wait looks", "event looks"],
  ["wait commits", "wait looks", "event commits", "event looks"],
] as const;

let database: Awaited<ReturnType<typeof createRuntimeDatabase>>;
let ofEvent: pg.Pool;
let ofWait: pg.Pool;
let observer: pg.Pool;
let run: RunRow;
let woken: Woken[];

beforeEach(async () => {
  database = await createRuntimeDatabase();
  [ofEvent, ofWait, observer] = [connect(database.url), connect(database.url), connect(database.url)];
  run = await insertRun(observer, 60_000);
  woken = [];
});

afterEach(async () => {
  await Promise.all([ofEvent.end(), ofWait.end(), observer.end()]);
  await database.drop();
});

describe.for([true, false])("with the way of matching known before: %s", (known) => {
  test.for(ORDERS)("%s, %s, %s, %s", async (order) => {
    if (known) {
      await observer.query(
        "insert into holdfast.match_shapes (workspace, event, paths, ready) values (1, 'bank/paid', '{order}', true)",
      );
    }
    const looksOf = { event: looks(ofEvent), wait: looks(ofWait) };
    await ofEvent.query("begin");
    await ofWait.query("begin");
    await insertEvent(ofEvent);
    await insertWait(ofWait);
    for (const what of order) {
      if (what === "event commits") await ofEvent.query("commit");
      else if (what === "wait commits") await ofWait.query("commit");
      else if (what === "event looks") await looksOf.event.eventsAccepted([EVENT.id]);
      else await looksOf.wait.waitOpened(1, WAIT, OUTCOMES);
    }
    expect(await waitNow()).toEqual({ status: "resolved", event: EVENT.id });
    expect(woken.map((one) => one.run)).toEqual([run.id]);
  });
});

describe("a wait that both looks find", () => {
  beforeEach(async () => {
    await insertWait(ofWait);
    await insertEvent(ofEvent);
  });

  test.for(["event", "wait"])("is resolved once, when that of the %s comes first", async (first) => {
    const [winner, loser] = first === "event" ? [ofEvent, ofWait] : [ofWait, ofEvent];
    await winner.query("begin");
    expect(await resolve(winner)).toMatchObject({ run: run.id });
    const late = resolve(loser);
    await untilBlocked(observer);
    await winner.query("commit");
    expect(await late).toBeUndefined();
    expect(await waitNow()).toEqual({ status: "resolved", event: EVENT.id });
    const [row] = (await observer.query("select wake_seq from holdfast.runs where id = $1", [run.id])).rows;
    expect(row).toEqual({ wake_seq: 1 });
  });
});

describe("a deadline and an event that was accepted before it", () => {
  test.for(["event", "deadline"])("is the event's, when the %s is processed first", async (first) => {
    await insertEvent(ofEvent);
    await insertWait(ofWait, Date.now() + 250);
    await observer.query("select pg_sleep_until(deadline) from holdfast.waits");
    const looksOf = looks(ofEvent);
    await looksOf.waitOpened(1, uuid7(), OUTCOMES);
    if (first === "event") await looksOf.eventsAccepted([EVENT.id]);
    await looksOf.expire(WAIT, "timeout");
    if (first === "deadline") await looksOf.eventsAccepted([EVENT.id]);
    expect(await waitNow()).toEqual({ status: "resolved", event: EVENT.id });
  });

  test("an event that was accepted after it comes too late", async () => {
    await insertWait(ofWait, Date.now() - 1);
    await insertEvent(ofEvent);
    const looksOf = looks(ofEvent);
    await looksOf.waitOpened(1, WAIT, OUTCOMES);
    await looksOf.eventsAccepted([EVENT.id]);
    expect(await waitNow()).toEqual({ status: "open", event: null });
    await looksOf.expire(WAIT, "timeout");
    expect(await waitNow()).toEqual({ status: "expired", event: null });
  });
});

function looks(connection: pg.Pool): Looks {
  return new Looks({
    database: connection,
    clock: { now: () => Date.now() },
    log: createLogger({ level: "silent", scrubber: new Scrubber() }),
    holder: { workerId: run.worker, leaseMs: 15_000 },
    hooks: {
      start: () => Promise.resolve(undefined),
      decide: () => Promise.reject(new Error("there is no task")),
      woken: (one) => void woken.push(one),
      hasRoom: () => false,
    },
  });
}

async function insertEvent(connection: pg.Pool): Promise<void> {
  await insertEvents(connection, [EVENT], { workspace: 1, actor: "system:test", via: "api", workerId: run.worker });
}

async function insertWait(connection: pg.Pool, deadline?: number): Promise<void> {
  const now = Date.now();
  const waits = [
    waitRow({
      id: WAIT,
      run: run.id,
      node: "wait",
      kind: "event",
      at: now,
      deadline,
      lookFrom: now - 60_000,
      outcomes: OUTCOMES,
    }),
  ];
  const waitKeys = waitKeyRows(run.id, WAIT, 1, OUTCOMES);
  expect(await checkpoint(connection, { run, epoch: 1 }, { waits, waitKeys })).toHaveLength(1);
}

function resolve(connection: pg.Pool): Promise<Woken | undefined> {
  return resolveWait(
    connection,
    {
      wait: WAIT,
      status: "resolved",
      result: { port: "paid", output: {} },
      event: { id: EVENT.id, acceptedAt: Date.now() },
      at: Date.now(),
      take: false,
    },
    { workerId: run.worker, leaseMs: 15_000 },
  );
}

async function waitNow(): Promise<unknown> {
  return (await observer.query("select status, event from holdfast.waits where id = $1", [WAIT])).rows[0];
}
