/** Values of runs by themselves: large ones, and samples for whoever writes an expression. */
import type { Json, JsonObject } from "@holdfast/dsl";
import { isUuid } from "../ids/uuid7.ts";
import { payloadsOf } from "./payloads.ts";
import type { Queryable } from "./queryable.ts";
import type { RunSummary } from "./run-view.ts";
import { findRun } from "./runs.ts";
import { iso } from "./time.ts";

/** @param step As `StepView.id`; absent: the run itself. Undefined: there is no such value. */
export async function runValue(
  database: Queryable,
  workspace: number,
  wanted: { readonly run: string; readonly step?: string | undefined; readonly part: "input" | "output" },
): Promise<{ readonly value: Json } | undefined> {
  const { run, step, part } = wanted;
  if (!isUuid(run)) return undefined;
  if (step === undefined) {
    const view = await findRun(database, workspace, run);
    return view === undefined ? undefined : { value: view[part] };
  }
  const [node, call, attempt] = step.split(":");
  const result = await database.query<{ input: Json; output: Json }>(
    `select s.input, s.output from holdfast.steps s join holdfast.runs r on r.id = s.run
      where r.workspace = $1 and s.run = $2 and s.node = $3 and s.call = $4 and s.attempt = $5`,
    [workspace, run, node, call, /^\d{1,9}$/.test(attempt ?? "") ? Number(attempt) : 0],
  );
  const [row] = result.rows;
  if (row === undefined) return undefined;
  const inPlace = await payloadsOf(database, run, [row[part]]);
  return { value: inPlace(row[part]) };
}

export interface RecentValue {
  readonly run: string;
  readonly status: RunSummary["status"];
  readonly startedAt: string;
  /** What the node gave, and by which port; null if no node was asked for. */
  readonly port: string | null;
  readonly value: Json;
  /** Of the run. */
  readonly input: Json;
}

/** Runs that are looked through at most. */
const DEPTH = 300;
/** Larger values make no sample. Bytes. */
const LARGEST = 262_144;

/** The last runs of a flow that have passed the node, the newest first. */
export async function recentValues(
  database: Queryable,
  workspace: number,
  { flow, node, limit }: { readonly flow: string; readonly node?: string | undefined; readonly limit: number },
): Promise<readonly RecentValue[]> {
  const result = await database.query<{
    id: string;
    status: RunSummary["status"];
    started_at: number;
    input: Json;
    port: string | null;
    output: Json;
  }>(
    `select r.id, r.status, holdfast.ms(r.started_at) as started_at,
            case when octet_length(r.input::text) <= $6 then r.input end as input, s.port, s.output
       from (
         select * from holdfast.runs
          where workspace = $1 and parent is null
            and flow = (select ref from holdfast.flows where workspace = $1 and id = $2)
          order by id desc limit $5
       ) r
       left join lateral (
         select port, case when octet_length(output::text) <= $6 then output end as output from holdfast.steps s
          where s.run = r.id and s.node = $3 and s.status = 'completed' and s.call in ('main', 'repair')
          order by s.seq desc limit 1
       ) s on true
      where $3::text is null or s.port is not null
      order by r.id desc limit $4`,
    [workspace, flow, node ?? null, limit, DEPTH, LARGEST],
  );
  return Promise.all(
    result.rows.map(async (row): Promise<RecentValue> => {
      const inPlace = await payloadsOf(database, row.id, [row.input, row.output]);
      return {
        run: row.id,
        status: row.status,
        startedAt: iso(row.started_at),
        port: row.port,
        value: inPlace(row.output),
        input: inPlace(row.input),
      };
    }),
  );
}

/** What expressions can read of a run: a sample to write them by, and to start a test from. */
export interface RunSample {
  readonly run: string;
  readonly flow: string;
  readonly version: number;
  readonly status: RunSummary["status"];
  readonly startedAt: string;
  readonly requester: string | null;
  readonly input: Json;
  readonly trigger: JsonObject;
  /** Outputs by node; of loops the collected ones. */
  readonly nodes: { readonly [node: string]: Json };
  readonly ports: { readonly [node: string]: string };
  /** By node: errors that were caught or failed it. */
  readonly errors: { readonly [node: string]: Json };
}

/** Undefined: this workspace has no such run. */
export async function runSample(database: Queryable, workspace: number, id: string): Promise<RunSample | undefined> {
  const run = await findRun(database, workspace, id);
  if (run === undefined) return undefined;
  const result = await database.query<{ node: string; port: string | null; output: Json; error: Json }>(
    `select distinct on (s.node) s.node, s.port, s.error,
            case when octet_length(s.output::text) <= $2 then s.output end as output
       from holdfast.steps s where s.run = $1 and s.call in ('main', 'repair') and s.status <> 'canceled'
      order by s.node, s.seq desc`,
    [run.id, LARGEST],
  );
  const inPlace = await payloadsOf(
    database,
    run.id,
    result.rows.map(({ output }) => output),
  );
  const done = result.rows.filter(({ port }) => port !== null);
  return {
    run: run.id,
    flow: run.flow,
    version: run.version,
    status: run.status,
    startedAt: run.startedAt,
    requester: run.requester,
    input: run.input,
    trigger: run.trigger,
    nodes: Object.fromEntries(done.map(({ node, output }) => [node, inPlace(output)])),
    ports: Object.fromEntries(done.flatMap(({ node, port }) => (port === null ? [] : [[node, port]]))),
    errors: Object.fromEntries(
      result.rows.filter(({ error }) => error !== null).map(({ node, error }) => [node, error]),
    ),
  };
}
