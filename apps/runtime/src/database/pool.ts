/**
 * Connections. Every pool of the process is made here: with a time limit on waiting for a connection, and with a
 * listener for errors of idle clients, which would otherwise end the process.
 */
import pg from "pg";

/** Rows with `bigint` counters and timestamps are read as numbers of milliseconds by the queries themselves. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export interface PoolOptions {
  readonly url: string;
  readonly max: number;
  /** Shown in pg_stat_activity. */
  readonly name: string;
  readonly onError: (error: Error) => void;
  /** Milliseconds; 0 for none. */
  readonly statementTimeout?: number;
  /** Its statements have names and find their rows by key. */
  readonly byKey?: boolean;
}

/**
 * One plan per statement and connection, by the index. Postgres would plan `= any($1)` anew on every call, taking the
 * plan for unknown values for dearer, and that costs several times what the statement itself does.
 */
const BY_KEY = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off";

const STATEMENT_MS = 10_000;

/** How long an answer may take beyond the statement's own limit: a wire that has gone dark says nothing at all. */
const SILENCE_MS = 5_000;
const LONGEST_SILENCE_MS = 120_000;

export function createPool(options: PoolOptions): pg.Pool {
  const statementMs = options.statementTimeout ?? STATEMENT_MS;
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    application_name: `holdfast ${options.name}`,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: statementMs,
    query_timeout: statementMs === 0 ? LONGEST_SILENCE_MS : statementMs + SILENCE_MS,
    idle_in_transaction_session_timeout: 10_000,
    lock_timeout: 5_000,
    keepAlive: true,
    ...(options.byKey === true ? { options: BY_KEY } : {}),
  });
  pool.on("error", options.onError);
  // One that breaks while it is lent out says so to whoever has it; this keeps the event from ending the process.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}
