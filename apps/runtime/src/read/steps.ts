/**
 * The history of a run: every attempt that ended, in the order of their commits, then the steps that wait, those that
 * are due or under way, and those that were skipped.
 */
import type { Json, JsonObject, StepError } from "@holdfast/dsl";
import { numberCursor, pageOf, type Page, type PageRequest } from "./cursor.ts";
import { parseDocument } from "./document.ts";
import { documentParams } from "./document-params.ts";
import { payloadsOf } from "./payloads.ts";
import type { Queryable } from "./queryable.ts";
import { runStanding } from "./run-standing.ts";
import { derivedSteps } from "./run-steps.ts";
import { stepProgress } from "./step-progress.ts";
import type { StepView } from "./run-view.ts";
import { iso, isoOrNull } from "./time.ts";

const NONE: ReadonlyMap<string, JsonObject> = new Map();

export interface StepRow {
  seq: number;
  node: string;
  call: string;
  attempt: number;
  status: StepView["status"];
  port: string | null;
  started_at: number;
  finished_at: number | null;
  input: Json;
  output: Json;
  error: StepError | null;
  meta: JsonObject | null;
}

/** Open waits are numbered from here on: after everything that has a place in the history. */
const AFTER_HISTORY = 900_000_000;
/** And steps that wait for a person to repair them after those. */
const AFTER_WAITS = 950_000_000;
/** Then those that only the engine knows of. */
const AFTER_REPAIRS = 960_000_000;

/** What has rows of a run ($1): attempts that ended, in their order, then what waits, then what is to be repaired. */
export const STEP_ROWS = `
       select s.seq, s.node, s.call, s.attempt, s.status, s.port, holdfast.ms(s.started_at) as started_at,
              holdfast.ms(s.finished_at) as finished_at, s.input, s.output, s.error, s.meta
         from holdfast.steps s where s.run = $1
       union all
       select (${AFTER_HISTORY} + row_number() over (order by w.id))::int, w.node, 'main',
              1 + (select count(*)::int from holdfast.steps s
                    where s.run = w.run and s.node = w.node and s.call = 'main' and w.kind = 'event'),
              'waiting', null, holdfast.ms(w.opened_at), null, null, null, null, null
         from holdfast.waits w where w.run = $1 and w.status = 'open'
       union all
       select (${AFTER_WAITS} + row_number() over (order by i.id))::int, i.node, c.call,
              1 + (select count(*)::int from holdfast.steps s where s.run = i.run and s.node = i.node and s.call = c.call),
              'waiting', null, holdfast.ms(i.opened_at), null, null, null, i.error, null
         from holdfast.incidents i, lateral (select case i.of when 'undo' then 'undo' else 'main' end as call) c
        where i.run = $1 and i.status = 'open' and i.kind <> 'crash_loop'`;

/** The caller has checked that the run may be seen. */
export async function listSteps(database: Queryable, run: string, page: PageRequest): Promise<Page<StepView>> {
  const result = await database.query<StepRow>(
    `select * from (${STEP_ROWS}) step
      where $2::int is null or seq > $2
      order by seq
      limit $3`,
    [run, numberCursor(page), page.limit + 1],
  );
  const rows = result.rows.length > page.limit ? result.rows : await withDerived(database, run, result.rows, page);
  const shown = rows.slice(0, page.limit);
  const [inPlace, params] = await Promise.all([
    payloadsOf(
      database,
      run,
      shown.flatMap((row) => [row.input, row.output]),
    ),
    shown.some((row) => row.input === null && HAS_INPUT.has(row.status)) ? paramsOf(database, run) : NONE,
  ]);
  return pageOf(
    rows,
    page.limit,
    (row): StepView => ({
      id: `${row.node}:${row.call}:${row.attempt}`,
      node: row.node,
      call: row.call,
      attempt: row.attempt,
      status: row.status,
      port: row.port,
      input: row.input === null && HAS_INPUT.has(row.status) ? (params.get(row.node) ?? null) : inPlace(row.input),
      output: inPlace(row.output),
      error: row.error === null ? null : { ...row.error },
      meta: row.meta,
      startedAt: iso(row.started_at),
      finishedAt: isoOrNull(row.finished_at),
    }),
    (row) => String(row.seq),
  );
}

/** Statuses of attempts, which ran with params. */
const HAS_INPUT: ReadonlySet<StepView["status"]> = new Set(["completed", "failed", "canceled"]);

/** The last page also has what stands in no row. */
async function withDerived(
  database: Queryable,
  run: string,
  rows: readonly StepRow[],
  page: PageRequest,
): Promise<readonly StepRow[]> {
  const after = numberCursor(page) ?? 0;
  const waiting = new Set(rows.flatMap(({ node, status }) => (status === "waiting" ? [node] : [])));
  const derived = derivedSteps(await runStanding(database, run), iso(0)).filter(({ node }) => !waiting.has(node));
  const progress = await stepProgress(database, run);
  const more = derived.map((step, index): StepRow => ({
    ...step,
    seq: AFTER_REPAIRS + index,
    error: null,
    meta: step.status === "skipped" ? null : progress(step),
    started_at: Date.parse(step.startedAt),
    finished_at: step.finishedAt === null ? null : Date.parse(step.finishedAt),
  }));
  return [...rows, ...more.filter(({ seq }) => seq > after)];
}

async function paramsOf(database: Queryable, run: string): Promise<ReadonlyMap<string, JsonObject>> {
  const result = await database.query<{ document: string }>(
    `select v.document from holdfast.runs r join holdfast.flow_versions v on v.ref = r.flow_version where r.id = $1`,
    [run],
  );
  const text = result.rows[0]?.document;
  return documentParams(text === undefined ? null : parseDocument(text));
}
