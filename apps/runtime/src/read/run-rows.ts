/** The list of runs as the pages show it: what each is about, and where it stands. */
import type { Json, JsonObject } from "@holdfast/dsl";
import { isUuid } from "../ids/uuid7.ts";
import { businessColumns, type BusinessColumns } from "./business-columns.ts";
import { idCursor, pageOf, type Page, type PageRequest } from "./cursor.ts";
import { readVersions, type ReadVersion } from "./flow-versions.ts";
import { claimedSql } from "../store/standing.ts";
import type { Queryable } from "./queryable.ts";
import type { RunSummary } from "./run-view.ts";
import { runSummary, type SummaryRow } from "./runs.ts";
import { iso, isoOrNull } from "./time.ts";

export interface RunRow extends RunSummary {
  readonly flowName: string;
  readonly columns: BusinessColumns;
  readonly standing: Standing;
}

/** Where a run stands. */
export interface Standing {
  /** `task`: waits for people. `ended`: it is over; `node` is the step it ended with. */
  readonly kind: "queued" | "running" | "paused" | "task" | "event" | "time" | "children" | "incident" | "ended";
  /** Where it waits, is being repaired, or what it did last. Null: nothing has happened yet. */
  readonly node: string | null;
  readonly nodeName: string | null;
  readonly since: string;
  /** When the wait ends by itself. */
  readonly until: string | null;
  /** Times of the reminders that were given. */
  readonly reminded: readonly string[];
  /** The title of the task, or the port by which the last step was left. */
  readonly text: string | null;
  readonly taskId: string | null;
  /** With whom the task is. */
  readonly task: TaskStanding | null;
  readonly incidentId: string | null;
}

export interface TaskStanding {
  /** How many people it was given to; 0: everybody may decide it. */
  readonly deciders: number;
  /** The only one of them. */
  readonly decider: string | null;
  /** The one role, or group, of them all. */
  readonly role: string | null;
  readonly group: string | null;
  /** Who works on it. */
  readonly claimedBy: string | null;
  /** The answer that several have to give, and some have given. */
  readonly votes: { readonly outcome: string; readonly given: number; readonly needed: number } | null;
}

export interface RunRowFilter {
  readonly flow?: string | undefined;
  readonly version?: number | undefined;
  readonly status?: readonly RunSummary["status"][] | undefined;
  /** Whether it waits for a repair. */
  readonly incident?: boolean | undefined;
  /** Text in the id, the idempotency key, the requester or the input. */
  readonly q?: string | undefined;
  /** ISO: began since then. */
  readonly since?: string | undefined;
  /** Child runs of this step; absent: runs that have no parent. */
  readonly parent?: { readonly run: string; readonly node: string } | undefined;
  /** These only. */
  readonly ids?: readonly string[] | undefined;
}

interface Assigned {
  readonly people?: readonly string[];
  readonly roles?: readonly string[];
  readonly groups?: readonly string[];
}

interface Row extends Omit<SummaryRow, "version"> {
  flow_version: number;
  input: Json;
  task: string | null;
  task_wait: string | null;
  /** The task that tells what the run is about. */
  about: string | null;
  title: string;
  columns: string[];
  context: JsonObject;
  prefill: JsonObject;
  reminded: number[] | null;
  assign_to: Assigned;
  needs: { [outcome: string]: number };
  deciders: number;
  decider: string | null;
  claimed_name: string | null;
  votes: { [outcome: string]: number } | null;
  data: JsonObject | null;
  incident: string | null;
  incident_node: string;
  incident_at: number;
  wait: string | null;
  wait_node: string;
  wait_kind: "event" | "time" | "children" | "incident";
  wait_at: number;
  deadline: number | null;
  step_node: string | null;
  step_port: string | null;
  step_at: number | null;
}

/** A search reads at most so many runs that fit the other filters, newest first, so that its cost is bounded. */
const SEARCH_DEPTH = 10_000;
/** Inputs above this are not looked into for columns. Bytes. */
const LARGEST_INPUT = 16_384;

const SELECT = `
  select r.id, f.id as flow, r.flow_version, r.status, holdfast.ms(r.started_at) as started_at,
         holdfast.ms(r.finished_at) as finished_at, r.actor, r.requester, r.parent, r.parent_node, r.iteration, r.error,
         case when octet_length(r.input::text) <= ${LARGEST_INPUT} then r.input end as input,
         t.id as task, t.wait as task_wait, t.title, b.id as about, b.columns, b.context, b.prefill,
         array(select holdfast.ms(m)::float8 from unnest(t.reminded_at) m order by m) as reminded, b.data,
         t.assign_to, t.needs, m.deciders, m.decider, c.name as claimed_name, m.votes,
         i.id as incident, i.node as incident_node, holdfast.ms(i.opened_at) as incident_at,
         w.id as wait, w.node as wait_node, w.kind as wait_kind, holdfast.ms(w.opened_at) as wait_at,
         holdfast.ms(w.deadline) as deadline,
         s.node as step_node, s.port as step_port, holdfast.ms(s.finished_at) as step_at`;

const ABOUT = `
  join holdfast.flows f on f.ref = r.flow
  left join lateral (select * from holdfast.tasks t where t.run = r.id order by t.id desc limit 1) t on true
  -- What a node asks in its middle (may a model do this, may it cost more) is not what the run is about.
  left join lateral (
    select about.id, about.columns, about.context, about.prefill, d.data
      from holdfast.tasks about
      join holdfast.waits w on w.id = about.wait and w.in_step is null
      left join holdfast.task_decisions d on d.task = about.id and d.decides and d.taken_back_at is null
     where about.run = r.id
     order by about.id desc limit 1
  ) b on true
  left join lateral (
    select count(*)::int as deciders, min(p.name) as decider,
           (select json_object_agg(v.outcome, v.votes) from (
              select outcome, count(*)::int as votes from holdfast.task_decisions
               where task = t.id and taken_back_at is null group by outcome) v) as votes
      from holdfast.told_of(r.workspace, r.id, t.assign_to, t.requester, t.not_requester, t.not_deciders_of) told (id)
      join holdfast.people p on p.id = told.id
     where t.status = 'open'
  ) m on true
  left join holdfast.people c on c.id = t.claimed_by and t.status = 'open' and c.disabled_at is null
    and ${claimedSql("holdfast.now()")}
  left join lateral (
    select * from holdfast.incidents i where i.run = r.id and i.status = 'open' order by i.id limit 1
  ) i on r.finished_at is null
  left join lateral (
    select * from holdfast.waits w where w.run = r.id and w.status = 'open' order by w.deadline nulls last, w.id limit 1
  ) w on r.finished_at is null
  left join lateral (
    select node, port, finished_at from holdfast.steps s
     where s.run = r.id and s.call not like 'undo%' order by s.seq desc limit 1
  ) s on true`;

const HAS_INCIDENT = "exists (select from holdfast.incidents i where i.run = r.id and i.status = 'open')";

/** The newest first; children by iteration. */
export async function listRunRows(
  database: Queryable,
  workspace: number,
  filter: RunRowFilter,
  page: PageRequest,
): Promise<Page<RunRow>> {
  const { flow, version, status, incident, q, since, parent, ids } = filter;
  if (parent !== undefined && !isUuid(parent.run)) return { items: [], nextCursor: null };
  const values: unknown[] = [workspace, page.limit + 1];
  const param = (value: unknown): string => `$${values.push(value)}`;
  const cursor = idCursor(page);
  const where = [
    "r.workspace = $1",
    parent === undefined
      ? ids === undefined && "r.parent is null"
      : `r.parent = ${param(parent.run)} and r.parent_node = ${param(parent.node)}`,
    cursor !== null && `r.id < ${param(cursor)}`,
    flow !== undefined && `r.flow = (select ref from holdfast.flows where workspace = $1 and id = ${param(flow)})`,
    version !== undefined &&
      `r.flow_version = any(select ref from holdfast.flow_versions v where v.flow = r.flow and v.version = ${param(version)})`,
    status !== undefined && `r.status = any(${param(status)}::text[])`,
    incident !== undefined && `${incident ? "" : "not "}${HAS_INCIDENT}`,
    since !== undefined && `r.started_at >= ${param(since)}::timestamptz`,
    ids !== undefined && `r.id = any(${param(ids.filter(isUuid))}::uuid[])`,
  ].filter((condition) => condition !== false);
  const text = q === undefined ? undefined : { q: param(q), like: param(`%${q.replaceAll(/[\\%_]/g, "\\$&")}%`) };
  const matches =
    text === undefined
      ? ""
      : `where r.id::text = lower(${text.q}) or right(replace(r.id::text, '-', ''), 6) = lower(${text.q})
           or r.idempotency_key = ${text.q} or r.requester ilike ${text.like} or r.input::text ilike ${text.like}`;
  const result = await database.query<Row>(
    `${SELECT}
       from (
         select * from (
           select * from holdfast.runs r where ${where.join(" and ")} order by r.id desc
           limit ${text === undefined ? "$2::int" : String(SEARCH_DEPTH)}
         ) r ${matches} order by r.id desc limit $2::int
       ) r ${ABOUT} order by r.id desc`,
    values,
  );
  const versions = await readVersions(
    database,
    result.rows.map((row) => row.flow_version),
  );
  return pageOf(
    result.rows,
    page.limit,
    (row) => runRow(row, versions.get(row.flow_version)),
    (row) => row.id,
  );
}

const runRow = (row: Row, version: ReadVersion | undefined): RunRow => ({
  ...runSummary({ ...row, version: version?.version ?? 0 }),
  flowName: version?.name ?? row.flow,
  columns: businessColumns(row.input, row.about === null ? null : row),
  standing: named(standingOf(row), version),
});

const named = (standing: Omit<Standing, "nodeName">, version: ReadVersion | undefined): Standing => ({
  ...standing,
  nodeName: standing.node === null ? null : (version?.nodeName(standing.node) ?? standing.node),
});

function standingOf(row: Row): Omit<Standing, "nodeName"> {
  const rest = { until: null, reminded: [], text: null, taskId: null, task: null, incidentId: null };
  if (row.incident !== null) {
    return {
      ...rest,
      kind: "incident",
      node: row.incident_node,
      since: iso(row.incident_at),
      incidentId: row.incident,
    };
  }
  const waits = row.wait !== null && row.status !== "running" && row.status !== "queued";
  if (waits && row.wait !== null) return waitStanding(row);
  const since = iso(row.step_at ?? row.started_at);
  const base = { ...rest, node: row.step_node, since, text: row.step_port };
  switch (row.status) {
    case "queued":
    case "running":
    case "paused":
      return { ...base, kind: row.status };
    case "waiting":
      // Woken just now, or waiting for its next try.
      return { ...base, kind: "running" };
    default:
      return { ...base, kind: "ended", since: iso(row.finished_at ?? row.started_at) };
  }
}

function waitStanding(row: Row): Omit<Standing, "nodeName"> {
  const isTask = row.task !== null && row.task_wait === row.wait;
  return {
    kind: isTask ? "task" : row.wait_kind,
    node: row.wait_node,
    since: iso(row.wait_at),
    until: isoOrNull(row.deadline),
    reminded: isTask ? (row.reminded ?? []).map(iso) : [],
    text: isTask ? row.title : null,
    taskId: isTask ? row.task : null,
    task: isTask ? taskStanding(row) : null,
    incidentId: null,
  };
}

function taskStanding(row: Row): TaskStanding {
  const { people = [], roles = [], groups = [] } = row.assign_to;
  const listed = people.length + roles.length + groups.length;
  const [several] = Object.entries(row.votes ?? {})
    .map(([outcome, given]) => ({ outcome, given, needed: row.needs[outcome] ?? 1 }))
    .filter(({ needed }) => needed > 1)
    .toSorted((a, b) => b.given - a.given);
  return {
    deciders: listed === 0 ? 0 : row.deciders,
    decider: row.deciders === 1 ? row.decider : null,
    role: listed === 1 ? (roles[0] ?? null) : null,
    group: listed === 1 ? (groups[0] ?? null) : null,
    claimedBy: row.claimed_name,
    votes: several ?? null,
  };
}
