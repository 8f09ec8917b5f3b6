/** How many runs there are: by status, and by when they began. */
import type { Queryable } from "./queryable.ts";
import type { RunSummary } from "./run-view.ts";
import { iso } from "./time.ts";
import { uuidFloor } from "./flow-rows.ts";

/** A run that waits for a repair counts there, and not as waiting or paused too. */
export type RunCounts = { readonly [status in RunSummary["status"]]: number } & {
  readonly all: number;
  /** Of those that are not over: which wait for a repair. */
  readonly incident: number;
};

interface Filter {
  readonly flow?: string | undefined;
  /** ISO: began since then. */
  readonly since?: string | undefined;
}

/** The flow, or all of the workspace. Runs are found through their flow, whose index has all that is asked. */
const FLOWS =
  "r.flow = any(array(select ref from holdfast.flows where workspace = $1 and ($2::text is null or id = $2)))";

/** Runs that have no parent, by status. */
export async function countRuns(database: Queryable, workspace: number, filter: Filter): Promise<RunCounts> {
  const result = await database.query<{ status: RunSummary["status"]; runs: number; incident: number }>(
    `with broken as materialized (
       select distinct run from holdfast.incidents where workspace = $1 and status = 'open'
     )
     select r.status, count(*)::int as runs, count(b.run)::int as incident
       from holdfast.runs r left join broken b on b.run = r.id
      where ${FLOWS} and r.parent is null and ($3::timestamptz is null or r.started_at >= $3)
      group by r.status`,
    [workspace, filter.flow ?? null, filter.since ?? null],
  );
  const counts = new Map(result.rows.map(({ status, runs }) => [status, runs]));
  const of = (status: RunSummary["status"]): number => counts.get(status) ?? 0;
  const broken = (status: RunSummary["status"]): number =>
    result.rows.find((row) => row.status === status)?.incident ?? 0;
  const sum = (counted: readonly number[]): number => counted.reduce((total, runs) => total + runs, 0);
  return {
    all: sum(result.rows.map(({ runs }) => runs)),
    incident: sum(result.rows.map(({ incident }) => incident)),
    queued: of("queued"),
    running: of("running"),
    waiting: of("waiting") - broken("waiting"),
    paused: of("paused") - broken("paused"),
    completed: of("completed"),
    failed: of("failed"),
    canceled: of("canceled"),
  };
}

export interface StartsBar {
  /** Where the bar begins, ISO. */
  readonly at: string;
  readonly runs: number;
  /** Of them. */
  readonly failed: number;
  readonly open: number;
}

export interface Starts {
  readonly from: string;
  readonly to: string;
  readonly bars: readonly StartsBar[];
}

const DAY_MS = 86_400_000;
const SLACK_MS = 3_600_000;

/** Runs that began in the last days, in as many bars. */
export async function startsOf(
  database: Queryable,
  workspace: number,
  { flow, days, bars }: { readonly flow?: string | undefined; readonly days: number; readonly bars: number },
): Promise<Starts> {
  const result = await database.query<{ now: number; bar: number | null; runs: number; failed: number; open: number }>(
    `with clock as materialized (select holdfast.now() as now)
     select holdfast.ms(clock.now) as now, b.bar, b.runs, b.failed, b.open
       from clock left join lateral (
         select width_bucket(extract(epoch from clock.now - r.started_at)::float8, 0, $4::float8 * 86400, $5::int) as bar,
                count(*)::int as runs, count(*) filter (where r.status = 'failed')::int as failed,
                count(*) filter (where r.status not in ('completed', 'failed', 'canceled'))::int as open
           from holdfast.runs r
          where ${FLOWS} and r.parent is null and r.id >= $3 and r.started_at > clock.now - $4::float8 * interval '1 day'
          group by 1
       ) b on true`,
    [workspace, flow ?? null, uuidFloor(Date.now() - days * DAY_MS - SLACK_MS), days, bars],
  );
  const now = result.rows[0]?.now ?? Date.now();
  const width = (days * DAY_MS) / bars;
  const found = new Map(result.rows.map((row) => [row.bar, row]));
  return {
    from: iso(now - days * DAY_MS),
    to: iso(now),
    bars: Array.from({ length: bars }, (_, index) => {
      const bar = found.get(bars - index);
      const at = iso(now - (bars - index) * width);
      return { at, runs: bar?.runs ?? 0, failed: bar?.failed ?? 0, open: bar?.open ?? 0 };
    }),
  };
}
