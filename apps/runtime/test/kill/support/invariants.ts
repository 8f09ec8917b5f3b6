/**
 * What must hold of every history, however often its processes were killed. Looked at when all runs are over.
 */
import { expect } from "vitest";
import { type History, historyOf } from "./history.ts";
import { untilTrue } from "./until.ts";
import type { World } from "./world.ts";

/** @param before Histories that were seen earlier, in order. */
export async function expectSound(world: World, before: readonly History[]): Promise<void> {
  const after = await historyOf(world);
  let earlier: History = new Map();
  for (const later of [...before, after]) {
    expectContinued(earlier, later);
    earlier = later;
  }
  expectGapFree(after);
  expectOneVersion(after);
  expectOneBodyPerKey(world);
  await expectNothingLeft(world, after);
  await expectBooksBalanced(world);
}

/** An earlier history is the beginning of a later one; epochs never fall; a run that is over stays as it is. */
function expectContinued(earlier: History, later: History): void {
  for (const [id, run] of earlier) {
    const now = later.get(id);
    if (now === undefined) throw new Error(`the run ${id} is gone`);
    expect(now.steps.slice(0, run.steps.length)).toEqual(run.steps);
    expect(now.epoch).toBeGreaterThanOrEqual(run.epoch);
    expect(now.version).toBe(run.version);
    if (["completed", "failed", "canceled"].includes(run.status)) {
      expect(now).toMatchObject({ status: run.status, output: run.output, epoch: run.epoch });
      expect(now.steps).toEqual(run.steps);
    }
  }
}

function expectGapFree(history: History): void {
  for (const { steps } of history.values()) {
    expect(steps.map((step) => step.seq)).toEqual(steps.map((_, index) => index + 1));
    const names = steps.map(({ node, call, attempt }) => `${node} ${call} ${attempt}`);
    expect(new Set(names).size).toBe(names.length);
    const done = steps.filter((step) => step.status === "completed").map(({ node, call }) => `${node} ${call}`);
    expect(new Set(done).size).toBe(done.length);
  }
}

/** A loop body runs the version of its parent. */
function expectOneVersion(history: History): void {
  for (const run of history.values()) {
    const parent = run.body && run.parent !== null ? history.get(run.parent) : undefined;
    if (parent !== undefined) expect(run.version).toBe(parent.version);
  }
}

/** What is sent again under a key is the same, byte for byte, and takes effect once. */
function expectOneBodyPerKey({ ledger }: World): void {
  const keyed = Map.groupBy(
    ledger.sends.filter((send) => send.key !== undefined),
    (send) => `${send.path} ${send.key}`,
  );
  for (const sends of keyed.values()) {
    expect(new Set(sends.map((send) => send.bodyHash)).size).toBe(1);
    expect(sends.filter((send) => send.applied)).toHaveLength(1);
  }
}

/** No model was asked unseen, and what budgets count is what the ledger adds up to. */
async function expectBooksBalanced(world: World): Promise<void> {
  const open = "select from holdfast.model_calls where status = 'reserved'";
  await untilTrue("all calls of models to be settled or lost", async () => (await world.rows(open)).length === 0);
  const [ledger] = await world.rows<{ calls: number }>("select count(*)::int as calls from holdfast.model_calls");
  expect(ledger?.calls).toBeGreaterThanOrEqual(world.asked);
  const astray = await world.rows(`
    select b.scope, b.subject, b.reserved_tokens, b.spent_tokens, b.spent_cost, sums.*
      from holdfast.model_budgets b,
           lateral (select coalesce(sum(c.input_tokens + c.output_tokens), 0) as tokens, coalesce(sum(c.cost), 0) as cost
                      from holdfast.model_calls c
                     where c.flow = b.flow
                       and b.subject = case b.scope when 'run' then c.of_run::text when 'day' then c.day::text else '' end) sums
     where b.reserved_tokens <> 0 or b.reserved_cost <> 0 or b.spent_tokens <> sums.tokens or b.spent_cost <> sums.cost`);
  expect(astray).toEqual([]);
}

/** No run is stuck, nothing stays open, no dead process holds anything. */
async function expectNothingLeft(world: World, history: History): Promise<void> {
  for (const run of history.values()) {
    expect(run, "over, held by nobody, every wake-up seen").toMatchObject({ held: false, woken: false });
    expect(["completed", "failed", "canceled"]).toContain(run.status);
  }
  const [left] = await world.rows<{ [what: string]: string[] | null }>(`
    select
      (select array_agg(node || ' ' || kind) from holdfast.waits where status = 'open') as waits,
      (select array_agg(node) from holdfast.tasks where status = 'open') as tasks,
      (select array_agg(node) from holdfast.incidents where status = 'open') as incidents,
      (select array_agg(run || ' ' || name) from holdfast.timers) as timers,
      (select array_agg(k.wait::text) from holdfast.wait_keys k join holdfast.waits w on w.id = k.wait
       where w.status <> 'open') as "keys of closed waits",
      (select array_agg(i.node) from holdfast.intents i left join holdfast.steps s using (run, node, call, attempt)
       where s.run is null) as "intents without a result",
      (select array_agg(event::text) from (
        select event from holdfast.waits where event is not null group by run, event, node having count(*) > 1) twice
      ) as "events that resolved a wait twice"`);
  expect(Object.entries(left ?? {}).filter(([, found]) => found !== null)).toEqual([]);
  await untilTrue("dead processes to be written off", async () => {
    const [row] = await world.rows<{ alive: number; locked: number }>(
      `select (select count(*) from holdfast.workers where id = any($1::int[]) and stopped_at is null) as alive,
        (select count(*) from graphile_worker._private_jobs where locked_by in
          (select pool from holdfast.workers where id = any($1::int[]))) as locked`,
      [world.deadWorkers],
    );
    return row?.alive === 0 && row.locked === 0;
  });
}
