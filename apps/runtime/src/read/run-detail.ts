/** All that the page of a run shows, read at once. */
import type { Json, JsonObject, NodeManifest, StepError } from "@holdfast/dsl";
import type { BusinessColumns } from "./business-columns.ts";
import { documentParams } from "./document-params.ts";
import { findEvent } from "./events.ts";
import type { EventView } from "./event-view.ts";
import { personNames } from "./draft-view.ts";
import { incidentsOfRun } from "./incidents.ts";
import type { IncidentView } from "./incident-view.ts";
import type { Queryable } from "./queryable.ts";
import { childCounts, type ChildCounts } from "./run-children.ts";
import { listRunRows, type Standing } from "./run-rows.ts";
import { type EdgeStanding, type NodeStanding, runStanding } from "./run-standing.ts";
import { derivedSteps } from "./run-steps.ts";
import type { RunView, StepView, WaitView } from "./run-view.ts";
import { findRun } from "./runs.ts";
import type { TaskView } from "./task-view.ts";
import { tasksOfRun } from "./tasks.ts";
import { iso } from "./time.ts";
import { readVersions } from "./flow-versions.ts";

/** A value that is too large to come along is null, and named here: `runs.value` gives it. */
export type LargeValue = "input" | "output";

export interface RunDetailStep extends StepView {
  readonly large: readonly LargeValue[];
}

export interface RunDetail {
  readonly run: RunView & {
    readonly flowName: string;
    readonly columns: BusinessColumns;
    readonly standing: Standing;
    readonly large: readonly LargeValue[];
  };
  readonly document: JsonObject;
  readonly manifests: readonly NodeManifest[];
  /** Null: this version of Holdfast can't read the flow's. */
  readonly derived: {
    readonly nodes: { readonly [node: string]: NodeStanding };
    readonly edges: readonly EdgeStanding[];
  } | null;
  /** What was done, in the order of its commits; then what waits, what is under way or due, and what was skipped. */
  readonly steps: readonly RunDetailStep[];
  /** There are more steps than come along. */
  readonly moreSteps: boolean;
  readonly waits: readonly WaitView[];
  readonly tasks: readonly TaskView[];
  readonly incidents: readonly IncidentView[];
  /** The event that started it. */
  readonly event: EventView | null;
  readonly children: readonly ChildCounts[];
  /** Names of the people that stand in all this, by id. */
  readonly people: { readonly [person: string]: string };
}

/** Values above this are asked for by themselves. Bytes of JSON. */
const LARGE = 16_384;
const MOST_STEPS = 3_000;

/** Undefined: this workspace has no such run. */
export async function findRunDetail(
  database: Queryable,
  workspace: number,
  id: string,
): Promise<RunDetail | undefined> {
  const run = await findRun(database, workspace, id);
  if (run === undefined) return undefined;
  const [row, standing, steps, tasks, incidents, children, event, ref] = await Promise.all([
    listRunRows(database, workspace, { ids: [run.id] }, { limit: 1 }).then(({ items }) => items[0]),
    runStanding(database, run.id),
    storedSteps(database, run.id),
    tasksOfRun(database, workspace, run.id),
    incidentsOfRun(database, workspace, run.id),
    childCounts(database, run.id),
    triggerEvent(database, workspace, run.id),
    versionRef(database, run.id),
  ]);
  const version = (await readVersions(database, [ref])).get(ref);
  if (row === undefined || version === undefined) return undefined;
  const params = documentParams(version.document);
  const shown = steps.slice(0, MOST_STEPS).map((step) => detailStep(step, params));
  const known = new Set(shown.map((step) => step.id));
  const derived = derivedSteps(standing, run.startedAt).filter((step) => !known.has(step.id));
  return {
    run: {
      ...run,
      input: small(run.input),
      output: small(run.output),
      large: largeOf({ input: isLarge(run.input), output: isLarge(run.output) }),
      flowName: row.flowName,
      columns: row.columns,
      standing: row.standing,
    },
    document: version.document,
    manifests: version.manifests,
    derived: standing === undefined ? null : { nodes: standing.nodes, edges: standing.edges },
    steps: [...shown, ...derived.map((step) => ({ ...step, large: [] }))],
    moreSteps: steps.length > MOST_STEPS,
    waits: run.waits,
    tasks,
    incidents,
    event,
    children,
    people: await personNames(database, [
      run.actor,
      event?.actor ?? null,
      ...tasks.map(({ decision }) => decision?.by ?? null),
      ...incidents.map(({ resolvedBy }) => resolvedBy),
    ]),
  };
}

const isLarge = (value: Json): boolean => typeof value === "object" && JSON.stringify(value).length > LARGE;
const small = (value: Json): Json => (isLarge(value) ? null : value);

const largeOf = (values: { readonly input: boolean; readonly output: boolean }): LargeValue[] => [
  ...(values.input ? (["input"] as const) : []),
  ...(values.output ? (["output"] as const) : []),
];

interface StepRow {
  node: string;
  call: string;
  attempt: number;
  status: StepView["status"];
  port: string | null;
  started_at: number;
  finished_at: number | null;
  input: Json;
  input_large: boolean;
  output: Json;
  output_large: boolean;
  error: StepError | null;
  meta: JsonObject | null;
}

const LARGE_VALUE = (column: string): string =>
  `coalesce(octet_length(${column}::text) > ${LARGE} or ${column}::text like '{"$payload"%', false)`;

/** What has rows: attempts that ended, then open waits and repairs. */
async function storedSteps(database: Queryable, run: string): Promise<readonly StepRow[]> {
  const result = await database.query<StepRow>({
    name: "holdfast_run_detail_steps",
    text: `
      select node, call, attempt, status, port, started_at, finished_at,
             case when not input_large then input end as input, input_large,
             case when not output_large then output end as output, output_large, error, meta
        from (
          select s.seq::bigint as seq, s.node, s.call, s.attempt, s.status, s.port, holdfast.ms(s.started_at) as started_at,
                 holdfast.ms(s.finished_at) as finished_at, s.input, ${LARGE_VALUE("s.input")} as input_large,
                 s.output, ${LARGE_VALUE("s.output")} as output_large, s.error, s.meta
            from holdfast.steps s where s.run = $1
          union all
          select 1e9 + row_number() over (order by o.id), o.node, o.call,
                 1 + (select count(*)::int from holdfast.steps s where s.run = $1 and s.node = o.node and s.call = o.call),
                 'waiting', null, holdfast.ms(o.opened_at), null, null, false, null, false, o.error, null
            from (
              select w.id, w.node, 'main' as call, w.opened_at, null::json as error
                from holdfast.waits w where w.run = $1 and w.status = 'open'
              union all
              select i.id, i.node, case i.of when 'undo' then 'undo' else 'main' end, i.opened_at, i.error
                from holdfast.incidents i where i.run = $1 and i.status = 'open' and i.kind <> 'crash_loop'
            ) o
        ) step
       order by seq limit ${MOST_STEPS + 1}`,
    values: [run],
  });
  return result.rows;
}

function detailStep(row: StepRow, params: ReadonlyMap<string, JsonObject>): RunDetailStep {
  const own = row.input === null && !row.input_large && row.status !== "waiting" ? params.get(row.node) : undefined;
  return {
    id: `${row.node}:${row.call}:${row.attempt}`,
    node: row.node,
    call: row.call,
    attempt: row.attempt,
    status: row.status,
    port: row.port,
    input: own ?? row.input,
    output: row.output,
    error: row.error === null ? null : { ...row.error },
    meta: row.meta,
    startedAt: iso(row.started_at),
    finishedAt: row.finished_at === null ? null : iso(row.finished_at),
    large: largeOf({ input: row.input_large, output: row.output_large }),
  };
}

async function triggerEvent(database: Queryable, workspace: number, run: string): Promise<EventView | null> {
  const found = await database.query<{ event: string | null }>(
    "select trigger_event as event from holdfast.runs where id = $1",
    [run],
  );
  const event = found.rows[0]?.event ?? null;
  return event === null ? null : ((await findEvent(database, workspace, event)) ?? null);
}

async function versionRef(database: Queryable, run: string): Promise<number> {
  const found = await database.query<{ ref: number }>("select flow_version as ref from holdfast.runs where id = $1", [
    run,
  ]);
  return found.rows[0]?.ref ?? 0;
}
