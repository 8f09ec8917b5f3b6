/**
 * What should be moving and is not: the truth from which lost jobs are derived again.
 */
import type pg from "pg";

/** Runs that nobody holds although they have something to do. Uses the partial index `runs_moving`. */
export async function strandedRuns(database: pg.Pool, limit: number): Promise<readonly string[]> {
  const result = await database.query<{ id: string }>({
    name: "holdfast_stranded_runs",
    text: `
      select id from holdfast.runs
      where (status in ('queued', 'running') or wake_seq <> seen_seq)
        and (lease_until is null or lease_until < clock_timestamp()) and finished_at is null
      order by lease_until nulls first limit $1`,
    values: [limit],
  });
  return result.rows.map((row) => row.id);
}

/** Milliseconds until the first of all leases ends, if nobody renews it before. */
export async function nextLapseIn(database: pg.Pool): Promise<number | undefined> {
  const result = await database.query<{ ms: number }>({
    name: "holdfast_next_lapse",
    text: `
      select holdfast.ms(lease_until) - holdfast.ms(now()) as ms from holdfast.runs
      where (status in ('queued', 'running') or wake_seq <> seen_seq) and lease_until > now()
      order by lease_until limit 1`,
  });
  return result.rows[0]?.ms;
}

/**
 * Parents that wait for children of which none is left to wake them (the process that ended the last one died
 * before it could), or whose window has room.
 */
export async function forgottenParents(database: pg.Pool, limit: number): Promise<readonly string[]> {
  const result = await database.query<{ run: string }>({
    name: "holdfast_forgotten_parents",
    text: `
      select w.run from holdfast.waits w
      where w.kind = 'children' and w.status = 'open'
        and not exists (select from holdfast.runs c where c.parent = w.run and c.parent_node = w.node and c.finished_at is null)
      limit $1`,
    values: [limit],
  });
  return result.rows.map((row) => row.run);
}
