/**
 * Waking runs. Nobody takes the epoch from a live holder: a wake-up raises `wake_seq`, which the holder sees in what
 * its next write returns, at the renewal of its lease, or by NOTIFY. Where nobody holds the run and this process has
 * room, the same statement takes the lease.
 */

/** A run after a wake-up. If `owner` is this worker and it has no such lease in hand yet, the lease is new. */
export interface Woken {
  readonly run: string;
  readonly owner: number | null;
  readonly epoch: number;
  readonly wakeSeq: number;
}

/**
 * SET clause and RETURNING columns of a wake-up, for the statements that wake. `take` is an SQL boolean (this
 * process has room), `worker` and `lease` are the parameters with its id and the length of a lease.
 */
export const wakeSet = (take: string, worker: string, lease: string): string => {
  const free = `(${take} and r.finished_at is null and (r.lease_until is null or r.lease_until < clock_timestamp()))`;
  return `
    wake_seq = r.wake_seq + 1,
    epoch = case when ${free} then r.epoch + 1 else r.epoch end,
    lease_owner = case when ${free} then ${worker} else r.lease_owner end,
    lease_until = case when ${free} then clock_timestamp() + ${lease} else r.lease_until end,
    status = case when ${free} and r.status <> 'paused' then 'running' else r.status end`;
};

export const WOKEN = `r.id as run, r.lease_owner as owner, r.epoch, r.wake_seq as "wakeSeq"`;
