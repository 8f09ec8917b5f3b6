/**
 * Waking runs for causes that have no row of their own to close: ended children, orders to cancel, pause or retry.
 */
import type pg from "pg";
import type { Holder } from "./waits.ts";
import { WOKEN, type Woken, wakeSet } from "./wakes.ts";

/** A process, and whether it has room to go on with the run at once. */
export interface Taker extends Holder {
  readonly take: boolean;
}

const lease = (holder: Holder): string => `${holder.leaseMs} milliseconds`;

/** The time of some runs has come. Answers with those that somebody holds: their holders have to be told. */
export async function wakeDueRuns(database: pg.Pool, runs: readonly string[]): Promise<readonly Woken[]> {
  if (runs.length === 0) return [];
  const result = await database.query<Woken>({
    name: "holdfast_wake_due_runs",
    text: `
      with due as (
        select id from holdfast.runs where id = any($1::uuid[]) and finished_at is null order by id for no key update
      )
      update holdfast.runs r set wake_seq = r.wake_seq + 1
      from due where r.id = due.id
      returning ${WOKEN}`,
    values: [runs],
  });
  return result.rows.filter((woken) => woken.owner !== null);
}

/** Orders to cancel or pause. Undefined: the run is over, or there is none. */
export async function orderRun(
  database: pg.Pool | pg.PoolClient,
  run: { readonly workspace: number; readonly id: string },
  order: { readonly cancel?: "cancel" | "terminate"; readonly pause?: boolean },
  taker: Taker,
): Promise<Woken | undefined> {
  const result = await database.query<Woken>({
    name: "holdfast_order_run",
    text: `
      update holdfast.runs r set
        cancel_mode = case when $3 = 'terminate' then $3 else coalesce(r.cancel_mode, $3) end,
        pause_wanted = coalesce($4::boolean, r.pause_wanted),
        ${wakeSet("$5::boolean", "$6::int", "$7::interval")}
      where r.id = $2 and r.workspace = $1 and r.finished_at is null
      returning ${WOKEN}`,
    values: [
      run.workspace,
      run.id,
      order.cancel ?? null,
      order.pause ?? null,
      taker.take,
      taker.workerId,
      lease(taker),
    ],
  });
  return result.rows[0];
}

/** What is to be taken up with a failed run: all below it that failed or was canceled. */
const TREE = `
      with recursive tree as (
        select id, status from holdfast.runs where id = $2 and workspace = $1 and status = 'failed'
        union all
        select c.id, c.status from tree join holdfast.runs c on c.parent = tree.id
        where c.status in ('failed', 'canceled') and c.undo_wanted = false
          -- What a step has found of a run in its middle stays as it is.
          and not exists (select from holdfast.steps s where s.run = c.parent and s.node = c.parent_node
            and s.call = c.parent_call and s.status = 'completed')
      )`;

/** Whether a run can be taken up again. */
interface Retry {
  readonly status: string;
  /** It, or one below it that would go on, has undone steps. */
  readonly compensated: boolean;
  /** It, or one below it that would go on, did not fail at a step. */
  readonly stopped: boolean;
}

/** Undefined: there is no such run. */
export async function retryOf(database: pg.Pool, workspace: number, run: string): Promise<Retry | undefined> {
  const result = await database.query<Retry>({
    text: `
      ${TREE}
      select r.status,
        exists (select from tree join holdfast.steps s on s.run = tree.id where s.call like 'undo%') as compensated,
        exists (select from tree join holdfast.runs t on t.id = tree.id where t.status = 'failed'
          and (t.state -> 'stop' ->> 'reason' <> 'failed' or t.state -> 'terminated' is not null)) as stopped
      from holdfast.runs r where r.workspace = $1 and r.id = $2`,
    values: [workspace, run],
  });
  return result.rows[0];
}

/**
 * Makes a failed run one that is to be taken up again, with all below it that failed or was canceled with it. A
 * canceled child forgets what its cancellation did to its state and goes on from its steps. Answers with the runs to
 * go on with; none: it is not failed.
 */
export async function reopenRun(database: pg.PoolClient, workspace: number, run: string): Promise<readonly string[]> {
  const result = await database.query<{ id: string }>({
    text: `
      ${TREE}
      update holdfast.runs r set
        status = 'queued', finished_at = null, error = null, cancel_mode = null, wake_seq = r.wake_seq + 1,
        retry_wanted = tree.status = 'failed',
        state = case when tree.status = 'failed' then r.state end,
        state_seq = case when tree.status = 'failed' then r.state_seq else 0 end
      from tree where r.id = tree.id
      returning r.id`,
    values: [workspace, run],
  });
  return result.rows.map((row) => row.id);
}

/**
 * A child has ended: wakes its parent for a failure, a low window, and the end, and not for every item.
 */
export async function wakeParent(
  database: pg.Pool,
  child: { readonly parent: string; readonly node: string; readonly failed: boolean },
  taker: Taker,
): Promise<Woken | undefined> {
  const result = await database.query<Woken>({
    name: "holdfast_wake_parent",
    text: `
      update holdfast.runs r set ${wakeSet("$4::boolean", "$5::int", "$6::interval")}
      where r.id = $1 and r.finished_at is null and ($3::boolean or exists (
        select from holdfast.waits w
        where w.run = $1 and w.node = $2 and w.kind = 'children' and w.status = 'open' and (
          select count(*) from (
            select from holdfast.runs c where c.parent = $1 and c.parent_node = $2 and c.finished_at is null
            limit (w.outcomes ->> 'lowWater')::int + 1
          ) running
        ) <= (w.outcomes ->> 'lowWater')::int))
      returning ${WOKEN}`,
    values: [child.parent, child.node, child.failed, taker.take, taker.workerId, lease(taker)],
  });
  return result.rows[0];
}

/** The children of a node that are not over and that nobody holds. */
export async function idleChildren(database: pg.Pool, parent: string, node: string): Promise<readonly string[]> {
  const result = await database.query<{ id: string }>({
    text: `select id from holdfast.runs where parent = $1 and parent_node = $2 and finished_at is null
      and (lease_until is null or lease_until < clock_timestamp())`,
    values: [parent, node],
  });
  return result.rows.map((row) => row.id);
}

/** The others: their holders have to be told. */
export async function heldChildren(
  database: pg.Pool,
  parent: string,
  node: string,
): Promise<readonly { readonly id: string; readonly owner: number; readonly wakeSeq: number }[]> {
  const result = await database.query<{ id: string; owner: number; wakeSeq: number }>({
    text: `select id, lease_owner as owner, wake_seq as "wakeSeq" from holdfast.runs
      where parent = $1 and parent_node = $2 and finished_at is null and lease_owner is not null`,
    values: [parent, node],
  });
  return result.rows;
}
