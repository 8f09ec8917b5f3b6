/**
 * Timers: rows with an index on the due time, so that a million of them cost nothing until they are due.
 */
import type pg from "pg";

export interface DueTimer {
  readonly run: string;
  /** Empty: the run's own wake-up. */
  readonly name: string;
}

export interface ClaimedTimers {
  readonly due: readonly DueTimer[];
  /** Milliseconds until the next timer that nobody has claimed, if there is one. */
  readonly nextIn: number | undefined;
}

/**
 * Claims what is due. A claimed timer stays until the run has dealt with it: if that does not happen within
 * `retryMs`, it is claimed again.
 *
 * The time is a subquery: a volatile function in the condition itself would be called for every timer there is,
 * instead of once to look into the index. One statement tells both what is due and what comes next: it is asked all the time.
 */
export async function claimDueTimers(database: pg.Pool, limit: number, retryMs: number): Promise<ClaimedTimers> {
  const result = await database.query<DueTimer | { run: null; nextIn: number | null }>({
    name: "holdfast_claim_due_timers",
    text: `
      with claimed as (
        update holdfast.timers t set queued_at = clock_timestamp()
        from (
          select run, name from holdfast.timers
          where due_at <= (select holdfast.now()) and (queued_at is null or queued_at < clock_timestamp() - $2::interval)
          order by due_at limit $1 for update skip locked
        ) due
        where t.run = due.run and t.name = due.name
        returning t.run, t.name
      )
      select run, name, null::bigint as "nextIn" from claimed
      union all
      select null, null, (
        select holdfast.ms(due_at) - holdfast.ms(holdfast.now()) from holdfast.timers
        where queued_at is null and due_at > (select holdfast.now()) order by due_at limit 1
      )`,
    values: [limit, `${retryMs} milliseconds`],
  });
  const due: DueTimer[] = [];
  let nextIn: number | undefined;
  for (const row of result.rows) {
    if (row.run === null) nextIn = row.nextIn ?? undefined;
    else due.push({ run: row.run, name: row.name });
  }
  return { due, nextIn };
}

/** Marks runs as woken by their timers; the run's own timer goes with its next write. */
export async function dropTimer(database: pg.Pool, run: string, name: string): Promise<boolean> {
  const result = await database.query({
    name: "holdfast_drop_timer",
    text: "delete from holdfast.timers where run = $1 and name = $2",
    values: [run, name],
  });
  return (result.rowCount ?? 0) > 0;
}
