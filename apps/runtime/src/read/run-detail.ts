/** All that the page of a run shows, read at once. */
import type { Json, JsonObject, NodeManifest } from "@holdfast/dsl";
import type { BusinessColumns } from "./business-columns.ts";
import { documentParams } from "./document-params.ts";
import { findEvent } from "./events.ts";
import type { EventView } from "./event-view.ts";
import { personNames } from "./draft-view.ts";
import { incidentsOfRun } from "./incidents.ts";
import type { IncidentView } from "./incident-view.ts";
import type { Queryable } from "./queryable.ts";
import { childCounts, type ChildCounts } from "./run-children.ts";
import { type NodeModels, nodeModels } from "./run-models.ts";
import { listRunRows, type Standing } from "./run-rows.ts";
import { type EdgeStanding, type NodeStanding, runStanding } from "./run-standing.ts";
import { derivedSteps } from "./run-steps.ts";
import type { RunView, StepView, WaitView } from "./run-view.ts";
import { findRun } from "./runs.ts";
import { type StepProgress, stepProgress } from "./step-progress.ts";
import { STEP_ROWS, type StepRow } from "./steps.ts";
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
  /** What asking language models took, by node; those that asked none are left out. */
  readonly models: { readonly [node: string]: NodeModels };
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
  const [row, standing, steps, progress, tasks, incidents, children, event, ref, models] = await Promise.all([
    listRunRows(database, workspace, { ids: [run.id] }, { limit: 1 }).then(({ items }) => items[0]),
    runStanding(database, run.id),
    storedSteps(database, run.id),
    stepProgress(database, run.id),
    tasksOfRun(database, workspace, run.id),
    incidentsOfRun(database, workspace, run.id),
    childCounts(database, run.id),
    triggerEvent(database, workspace, run.id),
    versionRef(database, run.id),
    run.models === null ? {} : nodeModels(database, workspace, run.id),
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
    steps: [...shown, ...derived.map((step) => ({ ...step, meta: progressMeta(step, progress), large: [] }))],
    moreSteps: steps.length > MOST_STEPS,
    waits: run.waits,
    tasks,
    incidents,
    event,
    children,
    models,
    people: await personNames(database, [
      run.actor,
      event?.actor ?? null,
      ...tasks.map(({ decision }) => decision?.by ?? null),
      ...incidents.map(({ resolvedBy }) => resolvedBy),
    ]),
  };
}

const progressMeta = (step: StepView, progress: StepProgress): StepView["meta"] =>
  step.status === "skipped" ? null : progress(step);

const isLarge = (value: Json): boolean => typeof value === "object" && JSON.stringify(value).length > LARGE;
const small = (value: Json): Json => (isLarge(value) ? null : value);

const largeOf = (values: { readonly input: boolean; readonly output: boolean }): LargeValue[] => [
  ...(values.input ? (["input"] as const) : []),
  ...(values.output ? (["output"] as const) : []),
];

interface DetailRow extends StepRow {
  input_large: boolean;
  output_large: boolean;
}

const LARGE_VALUE = (column: string): string =>
  `coalesce(octet_length(${column}::text) > ${LARGE} or ${column}::text like '{"$payload"%', false)`;

async function storedSteps(database: Queryable, run: string): Promise<readonly DetailRow[]> {
  const result = await database.query<DetailRow>({
    name: "holdfast_run_detail_steps",
    text: `
      select step.seq, step.node, step.call, step.attempt, step.status, step.port, step.started_at, step.finished_at,
             step.error, step.meta, case when not l.input_large then step.input end as input, l.input_large,
             case when not l.output_large then step.output end as output, l.output_large
        from (${STEP_ROWS}) step
       cross join lateral (
         select ${LARGE_VALUE("step.input")} as input_large, ${LARGE_VALUE("step.output")} as output_large
       ) l
       order by seq limit ${MOST_STEPS + 1}`,
    values: [run],
  });
  return result.rows;
}

function detailStep(row: DetailRow, params: ReadonlyMap<string, JsonObject>): RunDetailStep {
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
