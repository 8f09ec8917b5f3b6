/**
 * Calls that nobody is left to settle: their process died between the call and its end, or never came back to say. The
 * provider may charge for them, so they count as the most that they can have cost, which is what was set aside.
 */
import type pg from "pg";
import { inTransaction } from "../database/transaction.ts";
import { endCall, lockCall } from "./end-call.ts";
import { TRY_OUT } from "./model-use.ts";

/** Calls of one sub-step that is being tried again. */
export async function loseCallsOf(
  database: pg.Pool,
  { run, node, call }: { readonly run: string; readonly node: string; readonly call: string },
): Promise<void> {
  const { rows } = await database.query<{ id: string }>({
    name: "holdfast_model_calls_before",
    text: "select id from holdfast.model_calls where run = $1 and node = $2 and call = $3 and status = 'reserved'",
    values: [run, node, call],
  });
  for (const { id } of rows) await lose(database, id);
}

/** So that a process that settles just now is not hurried; what it says later counts all the same. */
const GRACE = "10 seconds";
/** What is tried out belongs to no run, and is given up long before. */
const TRIED_LONG_AGO = "5 minutes";
const AT_ONCE = 200;

/**
 * Calls whose run is held by nobody or by somebody else by now, or is over, or whose step has gone on. @returns how many
 */
export async function reconcileCalls(database: pg.Pool): Promise<number> {
  const { rows } = await database.query<{ id: string }>({
    name: "holdfast_model_calls_lost",
    text: `
      select c.id
        from holdfast.model_calls c
        left join holdfast.runs r on r.id = c.run
       where c.status = 'reserved' and case
               when c.call like '${TRY_OUT}%' then c.at < holdfast.now() - interval '${TRIED_LONG_AGO}'
               else r.id is null or r.finished_at is not null or r.epoch <> c.epoch
                 or r.lease_until is null or r.lease_until < clock_timestamp() - interval '${GRACE}'
                 or exists (select from holdfast.steps s
                             where s.run = c.run and s.node = c.node and s.call = 'main' and s.attempt >= c.attempt)
               end
       order by c.at limit ${AT_ONCE}`,
  });
  for (const { id } of rows) await lose(database, id);
  return rows.length;
}

async function lose(database: pg.Pool, id: string): Promise<void> {
  await inTransaction(database, async (client) => {
    const call = await lockCall(client, id);
    if (call?.status !== "reserved") return;
    await endCall(client, id, call, { status: "lost", model: null, cost: call.mostCost, ...call.most });
  });
}
