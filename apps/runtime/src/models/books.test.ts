/** The books on a real Postgres: what is set aside, what is spent, what people allow, and what is kept. */
import type { Budget, Models, TokenCounts } from "@holdfast/nodes";
import type { TestDatabase } from "@holdfast/testkit/test-database";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createRuntimeDatabase } from "../../test/support/runtime-database.ts";
import { createPool } from "../database/pool.ts";
import { uuid7 } from "../ids/uuid7.ts";
import { reconcileCalls } from "./lose-calls.ts";
import type { ModelUse } from "./model-use.ts";
import { modelsOf } from "./models-of.ts";
import { modelsOfTry } from "./models-of-try.ts";
import { Prices } from "./prices.ts";

const EVENING = Date.parse("2026-11-23T22:30:00Z");

let database: TestDatabase;
let pool: pg.Pool;
let now = EVENING;
let flow = 0;

beforeAll(async () => {
  database = await createRuntimeDatabase();
  pool = createPool({ url: database.url, max: 10, name: "test", onError: () => undefined });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(() => {
  now = EVENING;
  flow += 1;
});

const tokens = (inputTokens: number, outputTokens: number): TokenCounts => ({
  inputTokens,
  cachedInputTokens: 0,
  outputTokens,
});

/** A step of a run. A dollar for a million tokens. */
function step(of: Partial<ModelUse> = {}): Models & { readonly use: ModelUse } {
  const run = of.run ?? uuid7();
  const use = { workspace: 1, flow, run, ofRun: run, node: "ask", attempt: 1, timeZone: "UTC", ...of };
  const prices = new Prices(new Map([["m", { input: 1, cachedInput: 1, output: 1 }]]));
  const models = modelsOf({
    books: { database: pool, clock: { now: () => now }, prices },
    settings: {},
    use,
    live: () => ({ write: () => undefined, end: () => undefined }),
  });
  return { ...models, use };
}

let calls = 0;

const ask = (models: Models, budget?: Budget, most = tokens(80, 20), call = `ask-${(calls += 1)}`) =>
  models.reserve({ call, model: "m", most, budget });

/** Sets aside, and gives what it stands under. */
async function reserved(...asked: Parameters<typeof ask>): Promise<string> {
  const said = await ask(...asked);
  if (said.kind !== "reserved") throw new Error(`it was refused: ${JSON.stringify(said)}`);
  return said.id;
}

/** What the counters say, and what the ledger adds up to. */
async function counters(): Promise<readonly object[]> {
  const { rows } = await pool.query<Record<string, unknown>>(
    `select scope, subject, reserved_tokens as reserved, spent_tokens as spent, reserved_cost::int as "reservedCost",
            spent_cost::int as "spentCost"
       from holdfast.model_budgets where flow = $1 and reserved_tokens + spent_tokens > 0 order by scope, subject`,
    [flow],
  );
  const { rows: sums } = await pool.query<Record<string, unknown>>(
    `with calls as (select * from holdfast.model_calls where flow = $1),
          counted as (
            select 'run' as scope, of_run::text as subject, * from calls
            union all select 'flow', '', * from calls
            union all select 'day', day::text, * from calls)
     select scope, subject,
            coalesce(sum(reserved_input + reserved_output) filter (where status = 'reserved'), 0)::int as reserved,
            coalesce(sum(input_tokens + output_tokens), 0)::int as spent,
            coalesce(sum(reserved_cost) filter (where status = 'reserved'), 0)::int as "reservedCost",
            coalesce(sum(cost), 0)::int as "spentCost"
       from counted group by scope, subject order by scope, subject`,
    [flow],
  );
  expect(rows).toEqual(sums);
  return rows;
}

const statuses = async (): Promise<readonly string[]> => {
  const { rows } = await pool.query<{ status: string }>(
    "select status from holdfast.model_calls where flow = $1 order by id",
    [flow],
  );
  return rows.map(({ status }) => status);
};

describe("a reservation", () => {
  it("stands in the budgets of its run, its flow and its day until it is settled", async () => {
    const models = step();
    const id = await reserved(models, undefined, tokens(900, 100));
    expect(await counters()).toMatchObject([
      { scope: "day", subject: "2026-11-23", reserved: 1000, spent: 0, reservedCost: 1000 },
      { scope: "flow", subject: "", reserved: 1000 },
      { scope: "run", subject: models.use.run, reserved: 1000 },
    ]);
    const charge = { outcome: "answered", model: "m-2026-01-01", ...tokens(500, 50) } as const;
    expect(await models.settle(id, charge)).toBe(0.00055);
    expect(await models.settle(id, { ...charge, ...tokens(1, 1) })).toBe(0.00055);
    expect(await counters()).toMatchObject([
      { reserved: 0, spent: 550, reservedCost: 0, spentCost: 550 },
      { reserved: 0, spent: 550 },
      { reserved: 0, spent: 550 },
    ]);
  });

  it("counts what a failed call cost", async () => {
    const models = step();
    await models.settle(await reserved(models), { outcome: "failed", model: "m", ...tokens(80, 0) });
    expect(await statuses()).toEqual(["failed"]);
    expect(await counters()).toMatchObject([{ spent: 80 }, { spent: 80 }, { spent: 80 }]);
  });

  it("counts as the most of what nobody was told, and shows so", async () => {
    const models = step();
    const id = await reserved(models);
    expect(await models.settle(id, { outcome: "unknown", model: "m", ...tokens(80, 20) })).toBe(0.0001);
    expect(await statuses()).toEqual(["lost"]);
    expect(await counters()).toMatchObject([{ reserved: 0, spent: 100 }, { spent: 100 }, { spent: 100 }]);
  });

  it("tells how much of what is used may come back", async () => {
    const models = step();
    await models.settle(await reserved(models), { outcome: "answered", model: "m", ...tokens(20, 10) });
    await reserved(models);
    expect(await ask(models, { flow: { tokens: 200 } })).toMatchObject({ kind: "overrun", used: 130, underWay: 100 });
    expect(await ask(models, { day: { money: 0.0002 } })).toMatchObject({ used: 0.00013, underWay: 0.0001 });
  });

  it.each([
    ["call", { call: { tokens: 99 } }, { scope: "call", unit: "tokens", cap: 99, used: 0, wanted: 100 }],
    ["call", { call: { money: 0.00005 } }, { scope: "call", unit: "money", cap: 0.00005, used: 0, wanted: 0.0001 }],
    ["run", { run: { tokens: 99 } }, { scope: "run", unit: "tokens", cap: 99, used: 0, wanted: 100 }],
    ["flow", { flow: { money: 0.00005 } }, { scope: "flow", unit: "money", cap: 0.00005, used: 0, wanted: 0.0001 }],
    ["day", { day: { tokens: 99 }, run: { tokens: 100 } }, { scope: "day", cap: 99 }],
  ])("is refused by a budget of one %s, and then nothing is set aside: %o", async (_scope, budget, overrun) => {
    expect(await ask(step(), budget)).toMatchObject({ kind: "overrun", ...overrun });
    expect(await statuses()).toEqual([]);
    expect(await counters()).toEqual([]);
  });

  it("knows what came before its budget", async () => {
    const models = step();
    await models.settle(await reserved(models), { outcome: "answered", model: "m", ...tokens(80, 20) });
    await reserved(models, undefined, tokens(40, 10));
    expect(await ask(step(), { flow: { tokens: 200 } })).toMatchObject({ kind: "overrun", used: 150, wanted: 100 });
    expect(await ask(step(), { run: { tokens: 200 } })).toMatchObject({ kind: "reserved" });
  });

  it("is one of the flow's own run, in whichever iteration of a loop it is made", async () => {
    const ofRun = uuid7();
    await reserved(step({ ofRun }), { run: { tokens: 150 } });
    expect(await ask(step({ ofRun }), { run: { tokens: 150 } })).toMatchObject({ scope: "run", used: 100 });
  });

  it("takes from the day that it is where the flow is", async () => {
    const kyiv = { timeZone: "Europe/Kyiv" };
    await reserved(step(kyiv), { day: { tokens: 150 } });
    expect(await counters()).toMatchObject([{ subject: "2026-11-24" }, {}, {}]);
    expect(await ask(step(kyiv), { day: { tokens: 150 } })).toMatchObject({
      kind: "overrun",
      scope: "day",
      endsAt: Date.parse("2026-11-24T22:00:00Z"),
    });
    now += 24 * 60 * 60 * 1_000;
    expect(await ask(step(kyiv), { day: { tokens: 150 } })).toMatchObject({ kind: "reserved" });
  });

  it.each([{ call: { money: 1 } }, { day: { money: 1 }, run: { tokens: 1_000 } }])(
    "is not given for a model without a price where money is counted: %o",
    async (budget) => {
      const asked = { call: "ask", model: "unheard-of", most: tokens(1, 1), budget };
      expect(await step().reserve(asked)).toMatchObject({ kind: "unpriced", model: "unheard-of" });
      expect(await statuses()).toEqual([]);
    },
  );

  it("is given for it where tokens are, and its cost stays unknown", async () => {
    const models = step();
    const said = await models.reserve({
      call: "ask",
      model: "unheard-of",
      most: tokens(1, 1),
      budget: { run: { tokens: 2 } },
    });
    if (said.kind !== "reserved") throw new Error("it was refused");
    const cost = await models.settle(said.id, { outcome: "answered", model: "unheard-of", ...tokens(1, 1) });
    expect(cost).toBeNull();
    await counters();
  });

  it("is never given beyond a cap, however many ask at once", async () => {
    const ofRun = uuid7();
    const asked = Array.from({ length: 50 }, (_, index) => {
      const models = step(index % 2 === 0 ? { ofRun } : {});
      return ask(models, { run: { tokens: 900 }, flow: { tokens: 1_250 }, day: { money: 0.0021 } });
    });
    const said = await Promise.all(asked);
    expect(said.filter(({ kind }) => kind === "reserved")).toHaveLength(12);
    await counters();
    const { rows } = await pool.query<{ most: number }>(
      "select max(reserved_tokens)::int as most from holdfast.model_budgets where flow = $1 and scope = 'run'",
      [flow],
    );
    expect(rows[0]?.most).toBeLessThanOrEqual(900);
  });

  it("and its settling, and what is added, never wait for each other in a circle", async () => {
    const ofRun = uuid7();
    const work = Array.from({ length: 40 }, async (_, index) => {
      const models = step({ ofRun: index % 3 === 0 ? uuid7() : ofRun });
      const said = await ask(models, { flow: { tokens: 3_000 }, day: { tokens: 3_000 } });
      if (said.kind === "reserved") return models.settle(said.id, { outcome: "answered", model: "m", ...tokens(5, 5) });
      return models.topUp({ call: "more", scope: index % 2 === 0 ? "flow" : "day", unit: "tokens", amount: 10 });
    });
    await Promise.all(work);
    expect(await counters()).toContainEqual(expect.objectContaining({ scope: "flow", reserved: 0 }));
  });
});

describe("more than the budget", () => {
  it.each(["run", "flow", "day"] as const)("may be allowed to a %s, once for each that asked", async (scope) => {
    const models = step();
    const budget = { [scope]: { tokens: 150 } };
    await reserved(models, budget);
    expect(await ask(models, budget)).toMatchObject({ cap: 150, used: 100, wanted: 100 });
    await models.topUp({ call: "more", scope, unit: "tokens", amount: 30, by: "person:ana" });
    await models.topUp({ call: "more", scope, unit: "tokens", amount: 30, by: "person:ana" });
    expect(await ask(models, budget)).toMatchObject({ cap: 180, used: 100, wanted: 100 });
    await models.topUp({ call: "more-2", scope, unit: "tokens", amount: 20 });
    expect(await ask(models, budget)).toMatchObject({ kind: "reserved" });
    expect(await ask(models, budget)).toMatchObject({ cap: 200, used: 200 });
  });

  it("is allowed in money as well", async () => {
    const models = step();
    await models.topUp({ call: "more", scope: "run", unit: "money", amount: 0.00005 });
    expect(await ask(models, { run: { money: 0.00005 } })).toMatchObject({ kind: "reserved" });
    expect(await ask(models, { run: { money: 0.00005 } })).toMatchObject({ cap: 0.0001, used: 0.0001 });
  });

  it("holds for a call of this step alone, where one call is the budget", async () => {
    const models = step();
    await models.topUp({ call: "more", scope: "call", unit: "tokens", amount: 50 });
    expect(await ask(models, { call: { tokens: 50 } })).toMatchObject({ kind: "reserved" });
    expect(await ask(models, { call: { tokens: 50 } })).toMatchObject({ kind: "reserved" });
    expect(await ask(step(), { call: { tokens: 50 } })).toMatchObject({ kind: "overrun", scope: "call" });
  });

  it("holds for today", async () => {
    const models = step();
    await models.topUp({ call: "more", scope: "day", unit: "tokens", amount: 100 });
    now += 24 * 60 * 60 * 1_000;
    expect(await ask(models, { day: { tokens: 50 } })).toMatchObject({ kind: "overrun", cap: 50 });
  });
});

describe("a call that nobody settles", () => {
  /** A run that this process holds, unless it is told otherwise. */
  async function run(of: { epoch?: number; lease?: string; finished?: boolean } = {}): Promise<string> {
    const id = uuid7();
    await pool.query(
      `insert into holdfast.runs (id, workspace, flow, flow_version, status, actor, trigger, root, started_at, epoch,
                                  lease_owner, lease_until, finished_at)
       values ($1, 1, $2, 1, $3, 'system:test', '{}', $1, now(), $4, 1, clock_timestamp() + $5::interval,
               case when $3 = 'completed' then now() end)`,
      [id, flow, of.finished === true ? "completed" : "running", of.epoch ?? 1, of.lease ?? "1 minute"],
    );
    return id;
  }

  it("is lost when the same sub-step begins anew, and counts as the most that it can have been", async () => {
    const models = step({ run: await run() });
    await reserved(models, undefined, tokens(80, 20), "ask");
    await reserved(models, undefined, tokens(80, 20), "ask");
    expect(await statuses()).toEqual(["lost", "reserved"]);
    expect(await counters()).toMatchObject([{ reserved: 100, spent: 100, spentCost: 100 }, {}, {}]);
  });

  it("is left alone while its run is held by whoever made it", async () => {
    await reserved(step({ run: await run() }));
    await reconcileCalls(pool);
    expect(await statuses()).toEqual(["reserved"]);
  });

  it.each([
    ["was let go", { lease: "-1 minute" }, ""],
    ["is over", { finished: true }, ""],
    ["is there no more", undefined, ""],
    ["was taken over", {}, "update holdfast.runs set epoch = epoch + 1 where id = $1"],
    [
      "went on",
      {},
      `insert into holdfast.steps (run, node, call, attempt, seq, status, started_at, finished_at)
       values ($1, 'ask', 'main', 1, 1, 'failed', now(), now())`,
    ],
  ])("is lost when its run %s", async (_what, of, then) => {
    const id = of === undefined ? uuid7() : await run(of);
    await reserved(step({ run: id }));
    if (then !== "") await pool.query(then, [id]);
    await reconcileCalls(pool);
    expect(await statuses()).toEqual(["lost"]);
    expect(await counters()).toMatchObject([{ reserved: 0, spent: 100 }, {}, {}]);
  });

  it("is given time where a person tries it out, which no run stands for", async () => {
    const models = modelsOfTry(
      { database: pool, clock: { now: () => now }, prices: new Prices(new Map()) },
      {},
      { workspace: 1, flow, run: uuid7(), ofRun: uuid7(), node: "ask", attempt: 1, timeZone: "UTC" },
    );
    await ask(models);
    await reconcileCalls(pool);
    expect(await statuses()).toEqual(["reserved"]);
    await pool.query("update holdfast.model_calls set at = at - interval '6 minutes' where flow = $1", [flow]);
    await reconcileCalls(pool);
    expect(await statuses()).toEqual(["lost"]);
  });

  it("is what it was, should somebody come back with its figures", async () => {
    const models = step();
    const id = await reserved(models);
    await reconcileCalls(pool);
    expect(await statuses()).toEqual(["lost"]);
    await models.settle(id, { outcome: "answered", model: "m", ...tokens(10, 5) });
    expect(await statuses()).toEqual(["settled"]);
    expect(await counters()).toMatchObject([{ reserved: 0, spent: 15, spentCost: 15 }, {}, {}]);
  });
});

describe("a kept answer", () => {
  const meta = { model: "m", costUsd: 0.25 };
  const anHour = 60 * 60 * 1_000;

  it("is given to other steps and flows, and counts how often", async () => {
    const first = step();
    expect(await first.recall("key-a")).toBeUndefined();
    await first.keep("key-a", { value: { text: "Yes.\u0000" }, meta, forMs: anHour });
    expect(await step().recall("key-a")).toEqual({ value: { text: "Yes.\u0000" }, meta, hits: 1 });
    flow += 1;
    const second = step();
    expect(await second.recall("key-a")).toMatchObject({ hits: 2 });
    // A crash makes the step look again.
    expect(await second.recall("key-a")).toMatchObject({ hits: 2 });
    const { rows } = await pool.query(
      "select hit, saved::int from holdfast.model_lookups where key = 'key-a' order by at",
    );
    expect(rows).toEqual([
      { hit: false, saved: null },
      { hit: true, saved: 250_000 },
      { hit: true, saved: 250_000 },
    ]);
  });

  it("is given until it expires", async () => {
    await step().keep("key-b", { value: 1, meta, forMs: -1 });
    expect(await step().recall("key-b")).toBeUndefined();
    await step().keep("key-b", { value: 2, meta, forMs: anHour });
    expect(await step().recall("key-b")).toMatchObject({ value: 2 });
  });

  it("is none of another workspace", async () => {
    await pool.query("insert into holdfast.workspaces (id, name) overriding system value values (7, 'Another')");
    await step().keep("key-c", { value: 1, meta, forMs: anHour });
    expect(await step({ workspace: 7 }).recall("key-c")).toBeUndefined();
  });

  it("is not kept when it is very large", async () => {
    await step().keep("key-d", { value: "x".repeat(1024 * 1024), meta, forMs: anHour });
    expect(await step().recall("key-d")).toBeUndefined();
  });
});
