/**
 * Processes and their heartbeats.
 */
import type pg from "pg";
import type { JsonObject } from "@holdfast/dsl";

export async function registerWorker(
  database: pg.Pool,
  worker: { host: string; pid: number; nodeTypes: JsonObject },
): Promise<number> {
  const result = await database.query<{ id: number }>({
    text: "insert into holdfast.workers (host, pid, node_types) values ($1, $2, $3) returning id",
    values: [worker.host, worker.pid, JSON.stringify(worker.nodeTypes)],
  });
  const row = result.rows[0];
  if (row === undefined) throw new Error("the worker's row was not inserted");
  return row.id;
}

/** Shows that the process lives, also after it was thought dead. `looksFrom`: when the oldest look still under way began, milliseconds. */
export async function heartbeat(
  database: pg.Pool,
  worker: number,
  looksFrom: number,
  pool: string | undefined,
): Promise<number> {
  const result = await database.query<{ now: number }>({
    name: "holdfast_heartbeat",
    text: `
      update holdfast.workers set seen_at = clock_timestamp(), looks_from = holdfast.at($2), pool = coalesce($3, pool),
        stopped_at = null
      where id = $1 returning holdfast.ms(holdfast.now()) as now`,
    values: [worker, looksFrom, pool ?? null],
  });
  return result.rows[0]?.now ?? Date.now();
}

export async function stopWorker(database: pg.Pool, worker: number): Promise<void> {
  await database.query({
    text: "update holdfast.workers set stopped_at = clock_timestamp() where id = $1",
    values: [worker],
  });
}

/** Node types came or went. */
export async function noteNodeTypes(database: pg.Pool, worker: number, nodeTypes: JsonObject): Promise<void> {
  await database.query({
    text: "update holdfast.workers set node_types = $2 where id = $1",
    values: [worker, JSON.stringify(nodeTypes)],
  });
}

export interface MissingType {
  readonly type: string;
  readonly version: number;
}

/** Whether a process that lives has a node type in this very version. */
export async function someoneHasType(database: pg.Pool, { type, version }: MissingType): Promise<boolean> {
  const result = await database.query({
    text: `select from holdfast.workers
      where stopped_at is null and seen_at > clock_timestamp() - interval '15 seconds'
        and ((node_types ->> $1)::int = $2 or node_types ? $3) limit 1`,
    values: [type, version, `${type}@${version}`],
  });
  return (result.rowCount ?? 0) > 0;
}

export interface DeadWorker {
  readonly id: number;
  readonly pool: string | null;
}

/**
 * Processes that have been silent for too long. Each is claimed by the one sweeper that gets it, for as long as the
 * claim is not older than the silence that makes a process dead.
 */
export async function claimDeadWorkers(
  database: pg.Pool,
  silentMs: number,
  by: number,
): Promise<readonly DeadWorker[]> {
  const result = await database.query<DeadWorker>({
    name: "holdfast_claim_dead_workers",
    text: `
      update holdfast.workers w set seen_at = clock_timestamp()
      from (
        select id from holdfast.workers
        where stopped_at is null and id <> $2 and seen_at < clock_timestamp() - $1::interval
        order by id limit 10 for update skip locked
      ) dead
      where w.id = dead.id
      returning w.id, w.pool`,
    values: [`${silentMs} milliseconds`, by],
  });
  return result.rows;
}
