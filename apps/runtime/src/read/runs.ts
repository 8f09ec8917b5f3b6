/** Runs, as people and programs look at them. Everything is scoped by workspace. */
import type { Json, JsonObject, StepError } from "@holdfast/dsl";
import { parseActor } from "../actor/actor.ts";
import { isUuid } from "../ids/uuid7.ts";
import { idCursor, pageOf, type Page, type PageRequest } from "./cursor.ts";
import { payloadsOf } from "./payloads.ts";
import type { Queryable } from "./queryable.ts";
import { runModels } from "./run-models.ts";
import type { RunSummary, RunView } from "./run-view.ts";
import { iso, isoOrNull } from "./time.ts";
import { openWaits } from "./waits.ts";

export interface SummaryRow {
  id: string;
  flow: string;
  version: number;
  status: RunSummary["status"];
  started_at: number;
  finished_at: number | null;
  actor: string;
  requester: string | null;
  parent: string | null;
  parent_node: string | null;
  iteration: number | null;
  error: StepError | null;
}

/** All of it but its values. */
export interface RunFacts extends SummaryRow {
  trigger: JsonObject;
  idempotency_key: string | null;
  canceling: boolean;
  pausing: boolean;
}

interface RunRow extends RunFacts {
  input: Json;
  output: Json;
}

const SUMMARY = `
  r.id, f.id as flow, v.version, r.status, holdfast.ms(r.started_at) as started_at,
  holdfast.ms(r.finished_at) as finished_at, r.actor, r.requester, r.parent, r.parent_node, r.iteration, r.error`;

const FROM = `
  holdfast.runs r
  join holdfast.flows f on f.ref = r.flow
  join holdfast.flow_versions v on v.ref = r.flow_version`;

export function runSummary(row: SummaryRow): RunSummary {
  const { parent, parent_node: node, iteration } = row;
  return {
    id: row.id,
    flow: row.flow,
    version: row.version,
    status: row.status,
    startedAt: iso(row.started_at),
    finishedAt: isoOrNull(row.finished_at),
    actor: parseActor(row.actor),
    requester: row.requester,
    parent: parent === null || node === null || iteration === null ? null : { runId: parent, node, iteration },
    error: row.error === null ? null : { ...row.error },
  };
}

/** The run, or nothing if this workspace has none with that id. */
export async function findRun(database: Queryable, workspace: number, id: string): Promise<RunView | undefined> {
  if (!isUuid(id)) return undefined;
  const result = await database.query<RunRow>({
    name: "holdfast_find_run",
    text: `select ${SUMMARY}, r.trigger, r.idempotency_key, r.input, r.output,
            r.cancel_mode is not null and r.finished_at is null as canceling,
            r.pause_wanted and r.status not in ('paused', 'completed', 'failed', 'canceled') as pausing
       from ${FROM} where r.workspace = $1 and r.id = $2`,
    values: [workspace, id],
  });
  const row = result.rows[0];
  if (row === undefined) return undefined;
  const [inPlace, waits, models] = await Promise.all([
    payloadsOf(database, row.id, [row.input, row.output]),
    row.finished_at === null ? openWaits(database, row.id) : [],
    runModels(database, row.id),
  ]);
  return runViewOf(row, { input: inPlace(row.input), output: inPlace(row.output), waits, models });
}

export function runViewOf(
  row: RunFacts,
  { input, output, waits, models }: Pick<RunView, "input" | "output" | "waits" | "models">,
): RunView {
  return {
    ...runSummary(row),
    trigger: row.trigger,
    idempotencyKey: row.idempotency_key,
    input,
    output,
    waits,
    canceling: row.canceling,
    pausing: row.pausing,
    models,
  };
}

export interface RunFilter {
  readonly flow?: string | undefined;
  readonly statuses?: readonly RunSummary["status"][] | undefined;
  /** Child runs of this run; absent: root runs only. */
  readonly parent?: string | undefined;
  /** Text to look for in the id, the idempotency key, the requester or the input. */
  readonly q?: string | undefined;
}

/** A search reads at most so many runs that fit the other filters, newest first, so that its cost is bounded. */
const SEARCH_DEPTH = 10_000;

/** The newest first. */
export async function listRuns(
  database: Queryable,
  workspace: number,
  filter: RunFilter,
  page: PageRequest,
): Promise<Page<RunSummary>> {
  if (filter.parent !== undefined && !isUuid(filter.parent)) return { items: [], nextCursor: null };
  const result = await database.query<SummaryRow>(
    `select ${SUMMARY}
       from (
         select * from holdfast.runs
          where workspace = $1
            and ($2::uuid is null or id < $2)
            and ($3::text is null or flow = (select ref from holdfast.flows where workspace = $1 and id = $3))
            and ($4::text[] is null or status = any($4))
            and parent is not distinct from $5::uuid
          order by id desc
          limit case when $6::text is null then $7::int else $8::int end
       ) r
       join holdfast.flows f on f.ref = r.flow
       join holdfast.flow_versions v on v.ref = r.flow_version
      where $6::text is null
         or r.id::text = lower($6)
         or r.idempotency_key = $6
         or r.requester ilike $9
         or r.input::text ilike $9
      order by r.id desc
      limit $7`,
    [
      workspace,
      idCursor(page),
      filter.flow ?? null,
      filter.statuses ?? null,
      filter.parent ?? null,
      filter.q ?? null,
      page.limit + 1,
      SEARCH_DEPTH,
      filter.q === undefined ? null : `%${filter.q.replaceAll(/[\\%_]/g, "\\$&")}%`,
    ],
  );
  return pageOf(result.rows, page.limit, runSummary, (row) => row.id);
}
