import { readFile } from "node:fs/promises";
import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isSafeJson, type JsonObject } from "@holdfast/dsl";
import { refundPayment } from "@holdfast/example-payment";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { createRuntimeDatabase } from "../../test/support/runtime-database.ts";
import { createPool } from "../database/pool.ts";
import { carriesProposal } from "./ai-proposals.ts";
import { readInsights } from "./insights.ts";

let pool: Pool;
let drop: () => Promise<void>;
let refund: JsonObject;
const installed = [...builtinManifests, refundPayment.manifest];

beforeAll(async () => {
  const database = await createRuntimeDatabase();
  pool = createPool({ url: database.url, max: 5, name: "test", onError: () => undefined, statementTimeout: 60_000 });
  drop = () => database.drop();
  const text = await readFile(new URL("../../../../examples/refund.flow.json", import.meta.url), "utf8");
  const parsed: unknown = JSON.parse(text);
  if (!isSafeJson(parsed) || typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new Error("the example is no object");
  }
  refund = parsed;
  const plain = JSON.stringify({ dsl: 1, id: "plain", name: "Plain", nodes: {}, edges: [] });
  const pinned = JSON.stringify(Object.fromEntries(installed.map((manifest) => [manifest.type, manifest])));
  for (const [id, document] of [
    ["process-refund", text],
    ["plain", plain],
  ] as const) {
    await pool.query("insert into holdfast.flows (workspace, id, live_version) values (1, $1, 1)", [id]);
    await pool.query(
      `insert into holdfast.flow_versions (flow, version, name, hash, document, manifests, published_by)
       select ref, 1, 'The ' || $1::text, 'h', $2, $3, 'system:test' from holdfast.flows where id = $1`,
      [id, document, pinned],
    );
  }
});
afterAll(async () => {
  await pool.end();
  await drop();
});

/** `count` tasks of a flow: the n-th was opened `age` ago plus n minutes, and decided after n of `took`. */
const seed = (tasks: {
  readonly flow: string;
  readonly count: number;
  readonly age: string;
  /** Absent: they are open. */
  readonly took?: string;
  readonly assignTo?: object;
  readonly outcome?: string;
  readonly diff?: string;
  readonly due?: string;
}): Promise<unknown> =>
  pool.query(
    `with made as (
       select gen_random_uuid() as task, gen_random_uuid() as run, n,
              holdfast.now() - $3::interval - n * interval '1 second' as opened
         from generate_series(1, $2::int) n
     ), run as (
       insert into holdfast.runs (id, workspace, flow, flow_version, status, started_at, finished_at, actor, trigger)
       select m.run, 1, f.ref, v.ref, 'completed', m.opened, m.opened, 'system:test', '{}'
         from made m join holdfast.flows f on f.id = $1 join holdfast.flow_versions v on v.flow = f.ref
     ), task as (
       insert into holdfast.tasks (id, workspace, run, wait, node, status, title, context, assign_to, outcomes, prefill,
                                   columns, not_requester, opened_at, closed_at, due_at)
       select m.task, 1, m.run, gen_random_uuid(), 'approval', case when $4::interval is null then 'open' else 'decided' end,
              'T', '{}', $5, array['approved', 'rejected'], '{}', '{}', false, m.opened, m.opened + n * $4::interval,
              m.opened + $8::interval
         from made m
     )
     insert into holdfast.task_decisions (id, task, outcome, actor, via, decided_at, effective_at, proposal_diff)
     select gen_random_uuid(), m.task, $6, 'system:test', 'app', m.opened, m.opened, $7 from made m where $4::interval is not null`,
    [
      tasks.flow,
      tasks.count,
      tasks.age,
      tasks.took ?? null,
      JSON.stringify({ people: [], roles: [], groups: [], ...tasks.assignTo }),
      tasks.outcome ?? "approved",
      tasks.diff ?? "[]",
      tasks.due ?? null,
    ],
  );

const MINUTE = 60_000;
const read = (more: object = {}) => readInsights(pool, 1, { days: 30, timeZone: "UTC", ...more });

test("nothing at all is told as that", async () => {
  expect(await read()).toMatchObject({
    total: { decided: 0, median: null, p90: null, proposals: 0, overruled: 0 },
    byFlow: [],
    byGroup: [],
    trend: [],
    open: { total: { day: 0, older: 0, overdue: 0 }, byFlow: [] },
  });
});

describe("with tasks", () => {
  beforeAll(async () => {
    const manager = { assignTo: { roles: ["manager"] } };
    await seed({ flow: "process-refund", count: 10, age: "2 days", took: "10 minutes", ...manager });
    await seed({ flow: "process-refund", count: 2, age: "3 days", took: "1 minute", outcome: "rejected", ...manager });
    const changed = '[{"pointer": "/amount", "before": 1, "after": 2}]';
    await seed({ flow: "process-refund", count: 1, age: "40 days", took: "1 minute", diff: changed, ...manager });
    await seed({ flow: "process-refund", count: 3, age: "4 days", took: "1 minute", diff: changed, ...manager });
    await seed({ flow: "plain", count: 4, age: "1 day", took: "1 hour", outcome: "rejected" });
    const finance = { assignTo: { groups: ["finance"], people: ["ada@example.com"] } };
    await seed({ flow: "plain", count: 2, age: "2 hours", ...finance });
    await seed({ flow: "plain", count: 3, age: "2 days", due: "1 day", ...finance });
    await seed({ flow: "process-refund", count: 1, age: "5 days", ...manager });
    await seed({ flow: "process-refund", count: 5, age: "9 days", due: "60 days", ...manager });
  });

  test("time to decide, by flow", async () => {
    const { byFlow, total } = await read();
    expect(total.decided).toBe(19);
    expect(byFlow).toEqual([
      {
        flow: "process-refund",
        name: "The process-refund",
        decided: 15,
        median: 30 * MINUTE,
        p90: 86 * MINUTE,
        proposals: 15,
        overruled: 5,
      },
      {
        flow: "plain",
        name: "The plain",
        decided: 4,
        median: 150 * MINUTE,
        p90: 222 * MINUTE,
        // Nothing of a model is in it: whoever rejects there overrules nobody.
        proposals: 0,
        overruled: 0,
      },
    ]);
  });

  test("and by whom it was for", async () => {
    const { byGroup } = await read();
    expect(byGroup.map(({ kind, name, decided, overruled }) => ({ kind, name, decided, overruled }))).toEqual([
      { kind: "role", name: "manager", decided: 15, overruled: 5 },
      { kind: "everybody", name: "", decided: 4, overruled: 0 },
    ]);
  });

  test("over a chosen time, and of one flow", async () => {
    expect((await read({ days: 60 })).total).toMatchObject({ decided: 20, overruled: 6 });
    expect((await read({ days: 1 })).total.decided).toBeLessThan(5);
    const plain = await read({ flow: "plain" });
    expect(plain.total.decided).toBe(4);
    expect(plain.open.total).toEqual({ day: 2, threeDays: 3, week: 0, older: 0, overdue: 3 });
    expect((await read({ flow: "no-such-flow" })).total.decided).toBe(0);
  });

  test("by day, or by week where the time is long", async () => {
    const { trend, step } = await read();
    expect(step).toBe("day");
    expect(trend.reduce((sum, { decided }) => sum + decided, 0)).toBe(19);
    expect(trend.map(({ at }) => at)).toEqual(trend.map(({ at }) => at).toSorted());
    expect(trend.every(({ at }) => at.endsWith("T00:00:00.000Z"))).toBe(true);
    expect((await read({ days: 90 })).step).toBe("week");
  });

  test("where work piles up, by age", async () => {
    const { open } = await read();
    expect(open.total).toEqual({ day: 2, threeDays: 3, week: 1, older: 5, overdue: 3 });
    expect(open.byFlow).toEqual([
      { flow: "process-refund", name: "The process-refund", day: 0, threeDays: 0, week: 1, older: 5, overdue: 0 },
      { flow: "plain", name: "The plain", day: 2, threeDays: 3, week: 0, older: 0, overdue: 3 },
    ]);
    expect(open.byGroup).toEqual([
      { kind: "role", name: "manager", day: 0, threeDays: 0, week: 1, older: 5, overdue: 0 },
      { kind: "group", name: "finance", day: 2, threeDays: 3, week: 0, older: 0, overdue: 3 },
      { kind: "people", name: "", day: 2, threeDays: 3, week: 0, older: 0, overdue: 3 },
    ]);
  });

  test("a short time of many tasks is found by the index", async () => {
    await seed({ flow: "plain", count: 20_000, age: "400 days", took: "1 second" });
    await pool.query("analyze holdfast.tasks");
    const { rows } = await pool.query<{ "QUERY PLAN": string }>(
      `explain select from holdfast.tasks where workspace = 1 and status = 'decided'
        and closed_at >= holdfast.at(${Date.now() - 7 * 24 * 60 * MINUTE})`,
    );
    expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toContain("tasks_decided");
  });
});

test.each([
  ["by way of another step", "approval", true],
  ["not in a step that asks nobody", "refund", false],
  ["not in one that is not there", "nobody", false],
])("what a model proposed is found %s", (_, node, carries) => {
  expect(carriesProposal({ document: refund, manifests: installed }, node)).toBe(carries);
});
