/**
 * Resolving waits. Whoever resolves (event, decision, deadline, person) does it by one conditional update here, and
 * only one of them finds the wait open.
 *
 * Locks: the run, then the wait, its task and its keys.
 */
import type pg from "pg";
import type { Json, WaitOutcome } from "@holdfast/dsl";
import { WOKEN, type Woken, wakeSet } from "./wakes.ts";

export interface WaitResult {
  readonly port: string;
  readonly output: Json;
}

export interface Resolve {
  readonly wait: string;
  readonly status: "resolved" | "expired";
  readonly result: WaitResult;
  /** The event that resolved it, and when that was accepted. */
  readonly event?: { readonly id: string; readonly acceptedAt: number };
  /** Milliseconds, `holdfast.now()`. */
  readonly at: number;
  /** This process has room to go on with the run. */
  readonly take: boolean;
}

export interface Holder {
  readonly workerId: number;
  readonly leaseMs: number;
}

/**
 * Ends an open wait and wakes its run. Undefined when it was not open any more, when the event already resolved an
 * earlier wait of the same run and this wait opened only after it was accepted, or when the deadline of a task has
 * passed that is decided and whose decision only has to take effect.
 */
export async function resolveWait(
  database: pg.Pool | pg.PoolClient,
  resolve: Resolve,
  holder: Holder,
): Promise<Woken | undefined> {
  const result = await database.query<Woken>({
    name: "holdfast_resolve_wait",
    text: `
      with locked as materialized (
        select r.id from holdfast.waits w join holdfast.runs r on r.id = w.run where w.id = $1 for no key update of r
      ), closed as (
        update holdfast.waits w set status = $2, result = $3, event = $4, closed_at = holdfast.at($6)
        from locked
        where w.id = $1 and w.run = locked.id and w.status = 'open'
          and not ($4::uuid is not null and holdfast.at($5) < w.opened_at
            and exists (select from holdfast.waits o where o.event = $4 and o.run = w.run and o.id <> w.id))
          and not ($2 = 'expired'
            and exists (select from holdfast.tasks d where d.wait = w.id and d.status = 'decided'))
        returning w.id, w.run
      ), keys as (
        delete from holdfast.wait_keys k using closed where k.wait = closed.id
      ), task as (
        update holdfast.tasks t set closed_at = holdfast.at($6),
          status = case when $2 = 'expired' then 'expired' when $4::uuid is null then 'canceled' else 'decided' end
        from closed where t.wait = closed.id and t.status = 'open'
      ), timers as (
        delete from holdfast.timers t using closed where t.run = closed.run
          and (t.name like 'reminder:' || closed.id || ':%' or t.name like 'escalation:' || closed.id || ':%')
      )
      update holdfast.runs r set ${wakeSet("$7::boolean", "$8::int", "$9::interval")}
      from closed where r.id = closed.run
      returning ${WOKEN}`,
    values: [
      resolve.wait,
      resolve.status,
      JSON.stringify(resolve.result),
      resolve.event?.id ?? null,
      resolve.event?.acceptedAt ?? null,
      resolve.at,
      resolve.take,
      holder.workerId,
      `${holder.leaseMs} milliseconds`,
    ],
  });
  return result.rows[0];
}

/** Locks the run of a wait. What a statement after it reads is younger than the lock. */
export async function lockRunOfWait(client: pg.PoolClient, wait: string): Promise<void> {
  await client.query({
    text: `select r.id from holdfast.waits w join holdfast.runs r on r.id = w.run where w.id = $1 for no key update of r`,
    values: [wait],
  });
}

/** By what a wait in the middle of a step can end. */
export function endsInStep(outcomes: readonly WaitOutcome[] | null, deadline: unknown): string[] {
  if (outcomes === null) return ["out"];
  return [...outcomes.map(({ port }) => port), ...(deadline === null ? [] : ["timeout"])];
}

/** An open event wait, as matching needs it. */
export interface OpenWait {
  readonly id: string;
  readonly run: string;
  readonly outcomes: readonly WaitOutcome[];
  readonly openedAt: number;
  readonly deadline: number | null;
  readonly lookFrom: number;
  readonly task: string | null;
}

export const OPEN_WAIT = `w.id, w.run, w.outcomes, holdfast.ms(w.opened_at) as "openedAt", holdfast.ms(w.deadline) as deadline,
  holdfast.ms(w.look_from) as "lookFrom", (select t.id from holdfast.tasks t where t.wait = w.id) as task`;

/** Waits by id, if they are open. */
export async function openWaits(database: pg.Pool, ids: readonly string[]): Promise<readonly OpenWait[]> {
  const result = await database.query<OpenWait>({
    name: "holdfast_open_event_waits",
    text: `select ${OPEN_WAIT} from holdfast.waits w where w.id = any($1::uuid[]) and w.status = 'open' and w.kind = 'event'`,
    values: [ids],
  });
  return result.rows;
}

/** The open event waits that the process opened from a time on: their look-back may have been cut off. */
export async function waitsOpenedBy(
  database: pg.Pool,
  worker: number,
): Promise<readonly { readonly id: string; readonly workspace: number }[]> {
  const result = await database.query<{ id: string; workspace: number }>({
    text: `
      select w.id, r.workspace
      from holdfast.waits w join holdfast.workers k on k.id = w.opened_by join holdfast.runs r on r.id = w.run
      where w.opened_by = $1 and w.status = 'open' and w.kind = 'event' and w.opened_at >= k.looks_from`,
    values: [worker],
  });
  return result.rows;
}
