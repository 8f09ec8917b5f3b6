/**
 * Who advances a run. A lease is taken only from nobody or from somebody whose time is over, and taking it moves
 * the epoch on: the former holder's writes no longer pass the fence.
 */
import type pg from "pg";

export interface Lease {
  readonly run: string;
  readonly epoch: number;
}

export interface LeaseOptions {
  readonly workerId: number;
  readonly leaseMs: number;
}

const interval = (ms: number): string => `${ms} milliseconds`;

/**
 * Takes the runs that are free. Locks them in the order of their ids; what somebody else is just taking is left
 * to them.
 */
export async function takeLeases(
  database: pg.Pool,
  runs: readonly string[],
  options: LeaseOptions,
): Promise<readonly Lease[]> {
  if (runs.length === 0) return [];
  const result = await database.query<Lease>({
    name: "holdfast_take_leases",
    text: `
      with free as (
        select id from holdfast.runs
        where id = any($1::uuid[]) and finished_at is null
          and (lease_until is null or lease_until < clock_timestamp())
        order by id
        for no key update skip locked
      )
      update holdfast.runs r set
        epoch = r.epoch + 1,
        lease_owner = $2,
        lease_until = clock_timestamp() + $3::interval,
        status = case when r.status = 'paused' then r.status else 'running' end,
        crash_count = case when r.lease_until is null then r.crash_count
          when r.crash_seq = s.seq then r.crash_count + 1 else 1 end,
        crash_seq = case when r.lease_until is null then r.crash_seq else s.seq end
      from free cross join lateral (select coalesce(max(seq), 0) as seq from holdfast.steps where run = free.id) s
      where r.id = free.id
      returning r.id as run, r.epoch`,
    values: [runs, options.workerId, interval(options.leaseMs)],
  });
  return result.rows;
}

/** Renews what is still held; answers with the wake counters, and leaves out what is held no longer. */
export async function renewLeases(
  database: pg.Pool,
  leases: readonly Lease[],
  options: LeaseOptions,
): Promise<ReadonlyMap<string, number>> {
  if (leases.length === 0) return new Map();
  const result = await database.query<{ id: string; wake_seq: number }>({
    name: "holdfast_renew_leases",
    text: `
      with held as (
        select r.id from unnest($1::uuid[], $2::int[]) as x(id, epoch)
        join holdfast.runs r on r.id = x.id and r.epoch = x.epoch
        where r.lease_owner = $3
        order by r.id
        for no key update of r
      )
      update holdfast.runs r set lease_until = clock_timestamp() + $4::interval
      from held where r.id = held.id
      returning r.id, r.wake_seq`,
    values: [leases.map((l) => l.run), leases.map((l) => l.epoch), options.workerId, interval(options.leaseMs)],
  });
  return new Map(result.rows.map((row) => [row.id, row.wake_seq]));
}

/** Gives leases up at a graceful stop: marked as to be taken up again at once. */
export async function abandonLeases(database: pg.Pool, leases: readonly Lease[]): Promise<void> {
  if (leases.length === 0) return;
  await database.query({
    text: `
      with held as (
        select r.id from unnest($1::uuid[], $2::int[]) as x(id, epoch)
        join holdfast.runs r on r.id = x.id and r.epoch = x.epoch
        order by r.id
        for no key update of r
      )
      update holdfast.runs r set lease_owner = null, lease_until = null, wake_seq = wake_seq + 1
      from held where r.id = held.id and r.finished_at is null`,
    values: [leases.map((l) => l.run), leases.map((l) => l.epoch)],
  });
}
