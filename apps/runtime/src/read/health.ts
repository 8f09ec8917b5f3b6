/** How the installation is, for the people who keep it. */
import type { Queryable } from "./queryable.ts";
import { iso, isoOrNull } from "./time.ts";

export interface WorkerView {
  readonly id: number;
  readonly host: string;
  readonly pid: number;
  readonly startedAt: string;
  readonly seenAt: string;
  /** Milliseconds since it was seen, by the database's clock. */
  readonly silentMs: number;
  /** It moves runs; else it only serves. */
  readonly works: boolean;
  readonly alive: boolean;
  readonly nodeTypes: { readonly [type: string]: number };
  /** Runs in its hands. */
  readonly runs: number;
}

export interface HealthView {
  readonly now: string;
  /** How far demo mode has moved the flows' time, milliseconds. */
  readonly aheadMs: number;
  /** Those of the last hour. */
  readonly workers: readonly WorkerView[];
  readonly queue: {
    /** Jobs that wait for a process. */
    readonly waiting: number;
    readonly locked: number;
    readonly failed: number;
    /** Milliseconds that the oldest of them has been due. */
    readonly oldestMs: number | null;
  };
  readonly runs: { readonly moving: number; readonly stranded: number };
  readonly timers: {
    readonly total: number;
    readonly due: number;
    /** Milliseconds that the oldest one has been due; null: none is. */
    readonly oldestDueMs: number | null;
    readonly nextAt: string | null;
  };
  readonly openTasks: number;
  readonly openIncidents: number;
  readonly database: {
    readonly version: string;
    readonly bytes: number;
    readonly connections: number;
    readonly maxConnections: number;
  };
  readonly tables: readonly { readonly name: string; readonly bytes: number; readonly rows: number }[];
  readonly migrations: readonly { readonly number: number; readonly file: string; readonly appliedAt: string }[];
}

/** A process that has not shown itself for so long is taken for dead. */
const SILENT_MS = 15_000;

export async function readHealth(database: Queryable): Promise<HealthView> {
  const [workers, figures, tables, migrations] = await Promise.all([
    readWorkers(database),
    readFigures(database),
    readTables(database),
    readMigrations(database),
  ]);
  return { ...figures, workers, tables, migrations };
}

async function readWorkers(database: Queryable): Promise<readonly WorkerView[]> {
  const result = await database.query<{
    id: number;
    host: string;
    pid: number;
    started_at: number;
    seen_at: number;
    silent: number;
    works: boolean;
    stopped: boolean;
    node_types: Record<string, number>;
    runs: number;
  }>(
    `select w.id, w.host, w.pid, holdfast.ms(w.started_at) as started_at, holdfast.ms(w.seen_at) as seen_at,
            (extract(epoch from clock_timestamp() - w.seen_at) * 1000)::float8 as silent,
            w.pool is not null as works, w.stopped_at is not null as stopped, w.node_types,
            (select count(*)::int from holdfast.runs r
              where (r.status in ('queued', 'running') or r.wake_seq <> r.seen_seq) and r.lease_owner = w.id) as runs
       from holdfast.workers w
      where coalesce(w.stopped_at, w.seen_at) > clock_timestamp() - interval '1 hour'
      order by w.stopped_at is not null, w.id desc limit 50`,
  );
  return result.rows.map((row) => ({
    id: row.id,
    host: row.host,
    pid: row.pid,
    startedAt: iso(row.started_at),
    seenAt: iso(row.seen_at),
    silentMs: Math.round(row.silent),
    works: row.works,
    alive: !row.stopped && row.silent < SILENT_MS,
    nodeTypes: row.node_types,
    runs: row.runs,
  }));
}

type Figures = Omit<HealthView, "workers" | "tables" | "migrations">;

async function readFigures(database: Queryable): Promise<Figures> {
  const result = await database.query<{
    now: number;
    ahead: number;
    jobs_waiting: number;
    jobs_locked: number;
    jobs_failed: number;
    jobs_oldest: number | null;
    moving: number;
    stranded: number;
    timers: number;
    timers_due: number;
    timers_oldest: number | null;
    timers_next: number | null;
    tasks: number;
    incidents: number;
    version: string;
    bytes: number;
    connections: number;
    max_connections: number;
  }>(
    `with c as materialized (select holdfast.now() as now, extract(epoch from ahead)::float8 * 1000 as ahead from holdfast.clock),
     j as (
       select count(*) filter (where locked_at is null and attempts < max_attempts and run_at <= now())::int as waiting,
              count(*) filter (where locked_at is not null)::int as locked,
              count(*) filter (where attempts >= max_attempts and locked_at is null)::int as failed,
              (extract(epoch from clock_timestamp() - min(run_at) filter (
                where locked_at is null and attempts < max_attempts and run_at <= now())) * 1000)::float8 as oldest
         from graphile_worker.jobs
     ),
     r as (
       select count(*)::int as moving,
              count(*) filter (where lease_until < clock_timestamp() - interval '20 seconds')::int as stranded
         from holdfast.runs where status in ('queued', 'running') or wake_seq <> seen_seq
     ),
     t as (
       select count(due_at)::int as timers, count(*) filter (where due_at <= c.now)::int as due,
              (extract(epoch from c.now - min(due_at) filter (where due_at <= c.now)) * 1000)::float8 as oldest,
              min(due_at) filter (where due_at > c.now) as next
         from c left join holdfast.timers on true group by c.now
     )
     select holdfast.ms(c.now) as now, c.ahead, j.waiting as jobs_waiting, j.locked as jobs_locked, j.failed as jobs_failed,
            j.oldest as jobs_oldest, r.moving, r.stranded, t.timers, t.due as timers_due, t.oldest as timers_oldest,
            holdfast.ms(t.next) as timers_next,
            (select count(*)::int from holdfast.tasks where status = 'open') as tasks,
            (select count(*)::int from holdfast.incidents where status = 'open') as incidents,
            current_setting('server_version') as version, pg_database_size(current_database())::float8 as bytes,
            (select count(*)::int from pg_stat_activity where datname = current_database()) as connections,
            current_setting('max_connections')::int as max_connections
       from c, j, r, t`,
  );
  const [row] = result.rows;
  if (row === undefined) throw new Error("the clock's row is missing");
  return {
    now: iso(row.now),
    aheadMs: row.ahead,
    queue: { waiting: row.jobs_waiting, locked: row.jobs_locked, failed: row.jobs_failed, oldestMs: row.jobs_oldest },
    runs: { moving: row.moving, stranded: row.stranded },
    timers: {
      total: row.timers,
      due: row.timers_due,
      oldestDueMs: row.timers_oldest,
      nextAt: isoOrNull(row.timers_next),
    },
    openTasks: row.tasks,
    openIncidents: row.incidents,
    database: {
      version: row.version,
      bytes: row.bytes,
      connections: row.connections,
      maxConnections: row.max_connections,
    },
  };
}

/** The largest first. Rows as the database estimates them. */
async function readTables(database: Queryable): Promise<HealthView["tables"]> {
  const result = await database.query<{ name: string; bytes: number; rows: number }>(
    `select c.relname as name, pg_total_relation_size(c.oid)::float8 as bytes, greatest(c.reltuples, 0)::float8 as rows
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'holdfast' and c.relkind = 'r' order by 2 desc limit 12`,
  );
  return result.rows;
}

async function readMigrations(database: Queryable): Promise<HealthView["migrations"]> {
  const result = await database.query<{ number: number; file: string; applied_at: number }>(
    "select number, file, holdfast.ms(applied_at) as applied_at from holdfast.migrations order by number",
  );
  return result.rows.map(({ number, file, applied_at: appliedAt }) => ({ number, file, appliedAt: iso(appliedAt) }));
}
