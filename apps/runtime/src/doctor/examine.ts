/**
 * Looks at an installation through its database, and says what is wrong and what to do. It changes nothing.
 */
import { formatDuration } from "@holdfast/dsl";
import { readMigrations } from "../database/migrate.ts";
import type { Queryable } from "../read/queryable.ts";
import { problem, ok, warning, type Finding } from "./finding.ts";
import { examineHistory } from "./history.ts";

/** Milliseconds by which the database's clock and this computer's may differ. */
const CLOCK_TOLERANCE_MS = 2_000;
/** The oldest Postgres that Holdfast is tested with. */
const OLDEST_POSTGRES = 15;

type Check = (database: Queryable, now: () => number) => Promise<readonly Finding[]>;

const server: Check = async (database) => {
  const { rows } = await database.query<{ version: number; text: string }>(
    "select current_setting('server_version_num')::int as version, current_setting('server_version') as text",
  );
  const row = rows[0];
  if (row === undefined || row.version < OLDEST_POSTGRES * 10_000) {
    return [problem("database", `it is Postgres ${row?.text ?? "?"}`, `use Postgres ${OLDEST_POSTGRES} or later`)];
  }
  return [ok("database", `Postgres ${row.text} answers`)];
};

const schema: Check = async (database) => {
  const known = (await readMigrations()).length;
  const there = await database.query<{ there: boolean }>(
    "select to_regclass('holdfast.migrations') is not null as there",
  );
  if (there.rows[0]?.there !== true) {
    return [
      problem("tables", "there are none yet", "start holdfast up, server or worker once: each prepares the database"),
    ];
  }
  const { rows } = await database.query<{ have: number }>(
    "select coalesce(max(number), 0)::int as have from holdfast.migrations",
  );
  const have = rows[0]?.have ?? 0;
  if (have > known) {
    return [
      problem("tables", `they are at version ${have}, this program knows ${known}`, "update Holdfast on this computer"),
    ];
  }
  if (have < known) {
    return [
      problem("tables", `they are at version ${have} of ${known}`, "restart the servers and workers with this program"),
    ];
  }
  return [ok("tables", `at version ${have}`)];
};

const clock: Check = async (database, now) => {
  const before = now();
  const { rows } = await database.query<{ at: number; ahead: number; demo: boolean }>(
    `select holdfast.ms(clock_timestamp()) as at, extract(epoch from ahead)::float8 as ahead, demo from holdfast.clock`,
  );
  const row = rows[0];
  if (row === undefined) return [problem("clock", "its row is missing", "restore the database from a backup")];
  // The database looked at its clock somewhere between asking and answering.
  const after = now();
  const off = Math.max(0, before - row.at, row.at - after);
  const findings =
    off > CLOCK_TOLERANCE_MS
      ? [
          warning(
            "clock",
            `this computer and the database differ by ${Math.round(off / 1_000)} s`,
            "let both take their time from NTP",
          ),
        ]
      : [ok("clock", "this computer and the database agree")];
  return row.demo && row.ahead !== 0
    ? [
        ...findings,
        warning(
          "demo clock",
          `time was moved forward by ${formatDuration(Math.round(row.ahead) * 1_000)}`,
          "use this database for the demo only",
        ),
      ]
    : findings;
};

const workers: Check = async (database) => {
  // A process that moves runs shows its pool with its first sign of life after the start.
  const { rows } = await database.query<{ working: number; starting: number; serving: number; silent: number }>(
    `select count(*) filter (where alive and pool is not null)::int as working,
            count(*) filter (where alive and pool is null and new)::int as starting,
            count(*) filter (where alive and pool is null and not new)::int as serving,
            count(*) filter (where not alive)::int as silent
       from (select pool, seen_at > clock_timestamp() - interval '30 seconds' as alive,
                    started_at > clock_timestamp() - interval '10 seconds' as new
               from holdfast.workers
              where stopped_at is null and seen_at > clock_timestamp() - interval '1 hour') w`,
  );
  const { working = 0, starting = 0, serving = 0, silent = 0 } = rows[0] ?? {};
  const told = `${working} move runs, ${serving} only serve${starting === 0 ? "" : `, ${starting} have just started`}`;
  const findings =
    working + starting === 0
      ? [problem("workers", `nobody moves runs (${serving} only serve)`, "start holdfast worker, or holdfast up")]
      : [ok("workers", told)];
  return silent === 0
    ? findings
    : [
        ...findings,
        warning(
          "silent workers",
          `${silent} stopped without a word in the last hour`,
          "look into their logs; others have taken over their runs",
        ),
      ];
};

const queue: Check = async (database) => {
  const there = await database.query<{ there: boolean }>(
    "select to_regclass('graphile_worker.jobs') is not null as there",
  );
  if (there.rows[0]?.there !== true) {
    return [problem("queue", "its tables are missing", "restart a worker: it makes them again")];
  }
  const { rows } = await database.query<{ due: number; oldest: number | null; timers: number }>(
    `select (select count(*)::int from graphile_worker.jobs where run_at <= now() and locked_at is null) as due,
            (select extract(epoch from now() - min(run_at))::float8 from graphile_worker.jobs
              where run_at <= now() and locked_at is null) as oldest,
            (select count(*)::int from holdfast.timers where due_at < (select holdfast.now()) - interval '1 minute') as timers`,
  );
  const { due = 0, oldest = null, timers = 0 } = rows[0] ?? {};
  const findings =
    oldest !== null && oldest > 60
      ? [warning("queue", `${due} jobs are due, the oldest for ${Math.round(oldest)} s`, "start more workers")]
      : [ok("queue", due === 0 ? "nothing is due" : `${due} jobs are due`)];
  return timers === 0
    ? findings
    : [
        ...findings,
        problem("timers", `${timers} are more than a minute late`, "see that a worker runs, and look into its log"),
      ];
};

const runs: Check = async (database) => {
  const { rows } = await database.query<{ stuck: number; example: string | null; incidents: number; missing: number }>(
    `select count(*)::int as stuck, min(id::text) as example,
            (select count(*)::int from holdfast.incidents where status = 'open') as incidents,
            (select count(*)::int from holdfast.incidents where status = 'open' and kind = 'node_type_missing') as missing
       from holdfast.runs
      where (status in ('queued', 'running') or wake_seq <> seen_seq)
        and coalesce(lease_until, '-infinity') < clock_timestamp() - interval '1 minute'
        and started_at < holdfast.now() - interval '1 minute'`,
  );
  const { stuck = 0, example = null, incidents = 0, missing = 0 } = rows[0] ?? {};
  const findings: Finding[] =
    stuck === 0
      ? [ok("runs", "none is stuck")]
      : [
          problem(
            "runs",
            `${stuck} should move and nobody holds them, such as ${example}`,
            "see that a worker runs, and look into its log",
          ),
        ];
  if (missing > 0) {
    findings.push(
      problem("node types", `${missing} runs wait for a node type that no worker has`, "start a worker that has it"),
    );
  }
  if (incidents > 0) {
    findings.push(warning("incidents", `${incidents} wait for a person`, "holdfast incidents lists them"));
  }
  return findings;
};

/** Whatever needs the tables is left out while there are none. */
const CHECKS: readonly Check[] = [clock, workers, queue, runs, examineHistory];

/**
 * @param now Wall clock of this computer, milliseconds since the epoch.
 */
export async function examine(database: Queryable, now: () => number): Promise<readonly Finding[]> {
  const first = [...(await server(database, now)), ...(await schema(database, now))];
  if (first.some((finding) => finding.state === "problem")) return first;
  const more: Finding[] = [];
  for (const check of CHECKS) more.push(...(await check(database, now)));
  return [...first, ...more];
}
