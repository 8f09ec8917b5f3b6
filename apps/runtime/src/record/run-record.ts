/** The record of one run: everything that happened in it, who decided what, and what proves that. */
import type { Json } from "@holdfast/dsl";
import { type Actor, parseActor } from "../actor/actor.ts";
import { auditOfRun } from "../read/audit.ts";
import type { AuditEntry } from "../read/audit-view.ts";
import { personNames } from "../read/draft-view.ts";
import { readVersions } from "../read/flow-versions.ts";
import type { IncidentView } from "../read/incident-view.ts";
import { incidentsOfRun } from "../read/incidents.ts";
import type { Queryable } from "../read/queryable.ts";
import { childCounts, type ChildCounts } from "../read/run-children.ts";
import type { RunView, StepView, WaitView } from "../read/run-view.ts";
import { findRun } from "../read/runs.ts";
import { listSteps } from "../read/steps.ts";
import type { TaskView } from "../read/task-view.ts";
import { tasksOfRun } from "../read/tasks.ts";
import { iso, isoOrNull } from "../read/time.ts";

export interface RecordedStep extends StepView {
  readonly nodeName: string;
}

export interface RecordedWait {
  readonly id: string;
  readonly node: string;
  readonly nodeName: string;
  readonly kind: WaitView["kind"];
  readonly status: WaitView["status"];
  readonly openedAt: string;
  readonly deadline: string | null;
  readonly closedAt: string | null;
  /** What ended it: the port it left by, and what the step got. */
  readonly port: string | null;
  readonly output: Json;
  /** The event that ended it. */
  readonly event: { readonly id: string; readonly name: string; readonly by: string; readonly at: string } | null;
  /** What was asked of people. */
  readonly task: TaskView | null;
}

export interface RecordedHead {
  readonly seq: number;
  readonly hash: string;
  readonly at: string;
  readonly keyId: string;
  readonly signature: string;
}

export interface RunRecord {
  readonly run: RunView & { readonly flowName: string };
  readonly workspace: string;
  readonly hash: string;
  readonly publishedAt: string;
  readonly publishedBy: string;
  readonly steps: readonly RecordedStep[];
  readonly waits: readonly RecordedWait[];
  readonly incidents: readonly (IncidentView & { readonly nodeName: string })[];
  readonly children: readonly (ChildCounts & { readonly nodeName: string })[];
  /** Of the run, its waits, its tasks and its incidents, the oldest first. */
  readonly audit: readonly AuditEntry[];
  /** The earliest signed heads that cover these entries. */
  readonly heads: readonly RecordedHead[];
  /** Names of people, by id. */
  readonly people: { readonly [person: string]: string };
}

const PAGE = 200;

/** Undefined: this workspace has no such run. */
export async function readRunRecord(
  database: Queryable,
  workspace: number,
  id: string,
): Promise<RunRecord | undefined> {
  const run = await findRun(database, workspace, id);
  if (run === undefined) return undefined;
  const version = await versionOf(database, run.id);
  const names = (await readVersions(database, [version.ref])).get(version.ref);
  const nodeName = (node: string): string => names?.nodeName(node) ?? node;
  const [steps, tasks, incidents, children, audit] = await Promise.all([
    allSteps(database, run.id),
    tasksOfRun(database, workspace, run.id),
    incidentsOfRun(database, workspace, run.id),
    childCounts(database, run.id),
    auditOfRun(database, workspace, run.id),
  ]);
  const waits = await allWaits(database, run.id, tasks);
  const heads = await headsOver(database, workspace, audit);
  const people = await personNames(database, [
    run.actor,
    parseActor(version.publishedBy),
    ...tasks.map(({ decision }) => decision?.by ?? null),
    ...tasks.map(({ decision }) => personActor(decision?.onBehalfOf ?? null)),
    ...incidents.map(({ resolvedBy }) => resolvedBy),
    ...waits.map(({ event }) => (event === null ? null : parseActor(event.by))),
  ]);
  return {
    run: { ...run, flowName: names?.name ?? run.flow },
    workspace: version.workspace,
    hash: version.hash,
    publishedAt: iso(version.publishedAt),
    publishedBy: version.publishedBy,
    steps: steps.map((step) => ({ ...step, nodeName: nodeName(step.node) })),
    waits: waits.map((wait) => ({ ...wait, nodeName: nodeName(wait.node) })),
    incidents: incidents.map((incident) => ({ ...incident, nodeName: nodeName(incident.node) })),
    children: children.map((each) => ({ ...each, nodeName: nodeName(each.node) })),
    audit,
    heads,
    people,
  };
}

const personActor = (id: string | null): Actor | null => (id === null ? null : { kind: "person", id });

async function versionOf(
  database: Queryable,
  run: string,
): Promise<{ ref: number; hash: string; publishedAt: number; publishedBy: string; workspace: string }> {
  const { rows } = await database.query<Awaited<ReturnType<typeof versionOf>>>(
    `select v.ref, v.hash, holdfast.ms(v.published_at) as "publishedAt", v.published_by as "publishedBy", w.name as workspace
       from holdfast.runs r
       join holdfast.flow_versions v on v.ref = r.flow_version
       join holdfast.workspaces w on w.id = r.workspace
      where r.id = $1`,
    [run],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("a run without its version");
  return row;
}

/** With their values, also the large ones. What was only skipped or is not there yet is no part of a record. */
async function allSteps(database: Queryable, run: string): Promise<readonly StepView[]> {
  const steps: StepView[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await listSteps(database, run, { limit: PAGE, cursor });
    steps.push(...page.items.filter(({ status }) => status !== "skipped" && status !== "scheduled"));
    if (page.nextCursor === null) return steps;
    cursor = page.nextCursor;
  }
}

async function allWaits(
  database: Queryable,
  run: string,
  tasks: readonly TaskView[],
): Promise<readonly Omit<RecordedWait, "nodeName">[]> {
  const { rows } = await database.query<{
    id: string;
    node: string;
    kind: RecordedWait["kind"];
    status: RecordedWait["status"];
    opened: number;
    deadline: number | null;
    closed: number | null;
    result: { readonly port?: string; readonly output?: Json } | null;
    event: string | null;
    name: string;
    actor: string;
    accepted: number;
    task: string | null;
  }>(
    `select w.id, w.node, w.kind, w.status, holdfast.ms(w.opened_at) as opened, holdfast.ms(w.deadline) as deadline,
            holdfast.ms(w.closed_at) as closed, w.result, e.id as event, e.name, e.actor,
            holdfast.ms(e.accepted_at) as accepted, t.id as task
       from holdfast.waits w
       left join holdfast.events e on e.id = w.event
       left join holdfast.tasks t on t.wait = w.id
      where w.run = $1 order by w.opened_at, w.id`,
    [run],
  );
  return rows.map((row) => ({
    id: row.id,
    node: row.node,
    kind: row.kind,
    status: row.status,
    openedAt: iso(row.opened),
    deadline: isoOrNull(row.deadline),
    closedAt: isoOrNull(row.closed),
    port: row.result?.port ?? null,
    output: row.result?.output ?? null,
    event: row.event === null ? null : { id: row.event, name: row.name, by: row.actor, at: iso(row.accepted) },
    task: tasks.find(({ id }) => id === row.task) ?? null,
  }));
}

async function headsOver(
  database: Queryable,
  workspace: number,
  audit: readonly AuditEntry[],
): Promise<readonly RecordedHead[]> {
  const { rows } = await database.query<{ seq: number; hash: string; at: number; keyId: string; signature: string }>(
    `select distinct on (h.seq) h.seq, encode(h.hash, 'hex') as hash, holdfast.ms(h.at) as at, h.key_id as "keyId",
            encode(h.signature, 'base64') as signature
       from unnest($2::bigint[]) as entry(seq)
       cross join lateral (
         select * from holdfast.audit_heads h where h.workspace = $1 and h.seq >= entry.seq order by h.seq, h.at limit 1) h
      order by h.seq, h.at`,
    [workspace, audit.map(({ id }) => id)],
  );
  return rows.map(({ at, signature, ...head }) => ({
    ...head,
    at: iso(at),
    signature: signature.replaceAll("\n", ""),
  }));
}
