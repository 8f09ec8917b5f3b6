/**
 * The inbox as a list: of each task what a row shows and no more, filtered and put in order here, so that five hundred
 * cost what fifty do. The card of a task is read by itself.
 */
import type { JsonObject } from "@holdfast/dsl";
import { businessColumns, type BusinessColumns } from "./business-columns.ts";
import { type InboxPerson, type InboxRight, inboxRight, mayDecideSql } from "./inbox-right.ts";
import { claimedSql } from "../store/standing.ts";
import type { Queryable } from "./queryable.ts";
import type { TaskView } from "./task-view.ts";
import { iso, isoOrNull } from "./time.ts";

/** `mine`: what the person may decide now, so nothing that somebody else has taken. `groups`: what is for their roles or groups. */
export const INBOX_VIEWS = ["mine", "groups", "overdue", "all", "done"] as const;
export type InboxViewName = (typeof INBOX_VIEWS)[number];

export const INBOX_ORDERS = ["due", "priority", "newest"] as const;
export const INBOX_DUE = ["overdue", "today", "week", "none"] as const;
export const COLUMN_TESTS = ["is", "has", "over", "under"] as const;

/** A condition on a business column: `amount over 100`. */
export interface ColumnTest {
  readonly column: string;
  readonly test: (typeof COLUMN_TESTS)[number];
  readonly value: string;
}

export interface InboxFilter {
  readonly view: InboxViewName;
  readonly order: (typeof INBOX_ORDERS)[number];
  readonly flow?: string | undefined;
  readonly priority?: TaskView["priority"] | undefined;
  /** `today` and `week` tell what is late as well. */
  readonly due?: (typeof INBOX_DUE)[number] | undefined;
  /** When the reader's day ends; ISO. */
  readonly endOfDay?: string | undefined;
  /** A person who has it, or is named by it. */
  readonly assignee?: string | undefined;
  readonly columns?: readonly ColumnTest[] | undefined;
  /** Text in the title, the requester, the facts or what is proposed. */
  readonly q?: string | undefined;
}

export interface InboxRow {
  readonly id: string;
  readonly runId: string;
  readonly flow: string;
  readonly flowName: string;
  /** The version of the flow that the run is pinned to. */
  readonly version: number;
  readonly node: string;
  readonly status: TaskView["status"];
  readonly title: string;
  readonly requester: string | null;
  readonly outcomes: readonly string[];
  /** What they are called, where that is not their name. */
  readonly outcomeTitles: { readonly [outcome: string]: string };
  /** Its step goes on with the answer, which is no port of it. */
  readonly inStep: boolean;
  /** As it was decided, once it is. */
  readonly columns: BusinessColumns;
  readonly priority: TaskView["priority"];
  readonly openedAt: string;
  readonly dueAt: string | null;
  readonly closedAt: string | null;
  readonly remindedAt: readonly string[];
  /** Whether the reader may decide it now. */
  readonly may: boolean;
  /** Who works on it. */
  readonly claimedBy: { readonly id: string; readonly name: string } | null;
  /** Of the answer that is nearest to its number; null: one person decides, or nobody has answered. */
  readonly votes: { readonly outcome: string; readonly given: number; readonly needed: number } | null;
  readonly decided: { readonly outcome: string; readonly by: string } | null;
}

export interface InboxList {
  readonly items: readonly InboxRow[];
  /** How many fit; `items` holds the first `LISTED` of them. */
  readonly total: number;
}

export interface InboxCounts {
  readonly mine: number;
  readonly groups: number;
  readonly overdue: number;
  readonly all: number;
}

/** Nobody triages more at once; what else there is a filter finds. */
const LISTED = 500;

interface Row {
  id: string;
  run: string;
  flow: string;
  flow_name: string;
  version: number;
  node: string;
  status: TaskView["status"];
  title: string;
  requester: string | null;
  outcomes: string[];
  outcome_titles: { [outcome: string]: string };
  in_step: boolean;
  columns: string[];
  values: JsonObject | null;
  priority: TaskView["priority"];
  opened_at: number;
  due_at: number | null;
  closed_at: number | null;
  reminded_at: number[];
  may: boolean;
  needs: Readonly<Record<string, number>>;
  given: Readonly<Record<string, number>> | null;
  claimed_by: string | null;
  claimed_name: string | null;
  outcome: string | null;
  decided_by: string;
  total: number;
}

const ORDER_BY = {
  due: "t.due nulls last, t.opened_at, t.id",
  priority: "array_position(array['urgent', 'high', 'normal', 'low'], t.priority), t.due nulls last, t.opened_at, t.id",
  newest: "t.opened_at desc, t.id desc",
} as const;

/** Gives the number of its place to every value of a statement. */
class Values {
  readonly list: unknown[] = [];

  add(value: unknown): string {
    return `$${this.list.push(value)}`;
  }
}

/** The tasks of a workspace, with `due` and `may`, which filters, counts and rows have in common. */
function source(values: Values, workspace: number, right: InboxRight, open: boolean): string {
  return `
    (select t.*, coalesce(t.due_at, t.expires_at) as due, ${mayDecideSql(values, right)}
       from holdfast.tasks t where t.workspace = ${values.add(workspace)} and t.status ${open ? "=" : "<>"} 'open') t`;
}

const VIEW: Readonly<Record<InboxViewName, string>> = {
  mine: "t.may",
  groups: "t.through_group",
  overdue: "t.may and t.due < holdfast.now()",
  all: "true",
  done: "true",
};

export async function listInbox(
  database: Queryable,
  workspace: number,
  person: InboxPerson,
  filter: InboxFilter,
): Promise<InboxList> {
  const values = new Values();
  const done = filter.view === "done";
  const right = await inboxRight(database, workspace, person);
  const from = source(values, workspace, right, !done);
  const found = await database.query<Row>(
    `with t as materialized (
       select t.*, count(*) over ()::int as total from ${from}
        where ${[VIEW[filter.view], ...conditions(values, filter)].join(" and ")}
        order by ${done ? "t.closed_at desc, t.id desc" : ORDER_BY[filter.order]} limit ${values.add(LISTED)}
     )
     select t.id, t.run, f.id as flow, v.name as flow_name, v.version, t.node, t.status, t.title, t.requester,
            t.outcomes, t.outcome_titles, w.in_step is not null as in_step, t.columns, t.priority, t.may, t.total, t.needs,
            (select json_object_agg(o.outcome, o.n) from (
               select outcome, count(*)::int as n from holdfast.task_decisions d
                where t.status = 'open' and d.task = t.id and d.taken_back_at is null group by outcome) o) as given,
            case when ${claimedSql("now.at")} then t.claimed_by end as claimed_by, c.name as claimed_name,
            (select jsonb_object_agg(c, coalesce(d.data -> c, t.prefill -> c, t.context -> c)) from unnest(t.columns) c) as values,
            holdfast.ms(t.opened_at) as opened_at, holdfast.ms(t.due) as due_at,
            holdfast.ms(t.closed_at) as closed_at,
            array(select holdfast.ms(r)::float8 from unnest(t.reminded_at) r order by r) as reminded_at,
            d.outcome, coalesce(p.name, d.actor, '') as decided_by
       from t
       cross join (select holdfast.now() as at offset 0) now
       join holdfast.waits w on w.id = t.wait
       join holdfast.runs r on r.id = t.run
       join holdfast.flow_versions v on v.ref = r.flow_version
       join holdfast.flows f on f.ref = r.flow
       left join lateral (
         select outcome, actor, data from holdfast.task_decisions d
          where d.task = t.id and d.decides and d.taken_back_at is null
       ) d on true
       left join holdfast.people c on c.id = t.claimed_by
       left join holdfast.people p on d.actor = 'person:' || p.id
      order by ${done ? "t.closed_at desc, t.id desc" : ORDER_BY[filter.order]}`,
    values.list,
  );
  return { items: found.rows.map(rowOf), total: found.rows[0]?.total ?? 0 };
}

function rowOf(row: Row): InboxRow {
  return {
    id: row.id,
    runId: row.run,
    flow: row.flow,
    flowName: row.flow_name,
    version: row.version,
    node: row.node,
    status: row.status,
    title: row.title,
    requester: row.requester,
    outcomes: row.outcomes,
    outcomeTitles: row.outcome_titles,
    inStep: row.in_step,
    columns: columnsOf(row),
    priority: row.priority,
    openedAt: iso(row.opened_at),
    dueAt: isoOrNull(row.due_at),
    closedAt: isoOrNull(row.closed_at),
    remindedAt: row.reminded_at.map(iso),
    may: row.may,
    claimedBy: row.claimed_by === null ? null : { id: row.claimed_by, name: row.claimed_name ?? "" },
    votes: votesOf(row),
    decided: row.outcome === null ? null : { outcome: row.outcome, by: row.decided_by },
  };
}

function votesOf({ needs, given }: Row): InboxRow["votes"] {
  const votes = Object.entries(given ?? {}).map(([outcome, n]) => ({ outcome, given: n, needed: needs[outcome] ?? 1 }));
  return votes.toSorted((a, b) => a.needed - a.given - (b.needed - b.given))[0] ?? null;
}

function columnsOf({ columns, values }: Row): BusinessColumns {
  if (columns.length === 0) return {};
  return businessColumns(null, { columns, context: values ?? {}, prefill: {}, data: null });
}

function conditions(values: Values, filter: InboxFilter): readonly string[] {
  const { flow, priority, assignee, q } = filter;
  return [
    ...(flow === undefined
      ? []
      : [
          `t.run in (select r.id from holdfast.runs r join holdfast.flows f on f.ref = r.flow where f.id = ${values.add(flow)})`,
        ]),
    ...(priority === undefined ? [] : [`t.priority = ${values.add(priority)}`]),
    ...dueCondition(values, filter),
    ...(assignee === undefined ? [] : [assigneeCondition(values.add(assignee))]),
    ...(filter.columns ?? []).map((test) => columnCondition(values, test)),
    ...(q === undefined || q.trim() === "" ? [] : [textCondition(values.add(`%${escaped(q.trim())}%`))]),
  ];
}

function dueCondition(values: Values, { due, endOfDay }: InboxFilter): readonly string[] {
  switch (due) {
    case undefined:
      return [];
    case "overdue":
      return ["t.due < holdfast.now()"];
    case "today":
      return endOfDay === undefined
        ? ["t.due < holdfast.now() + interval '1 day'"]
        : [`t.due < ${values.add(endOfDay)}::timestamptz`];
    case "week":
      return ["t.due < holdfast.now() + interval '7 days'"];
    case "none":
      return ["t.due is null"];
  }
}

/** Who is named by it, works on it, was given it, or has answered it. */
const assigneeCondition = (person: string): string => `(
  exists (
    select from holdfast.people p
     where p.id::text = ${person}
       and exists (select from jsonb_array_elements_text(coalesce(t.assign_to -> 'people', '[]')) n
                    where lower(btrim(n)) in (lower(p.email), p.id::text, 'person:' || p.id))
  )
  or t.claimed_by::text = ${person}
  or exists (select from holdfast.task_delegations g
              where g.task = t.id and g.ended_at is null and g.to_person::text = ${person})
  or exists (select from holdfast.task_decisions d
              where d.task = t.id and d.taken_back_at is null and d.actor = 'person:' || ${person}))`;

function columnCondition(values: Values, { column, test, value }: ColumnTest): string {
  const name = values.add(column);
  const found = `coalesce(t.prefill -> ${name}, t.context -> ${name})`;
  switch (test) {
    case "is":
      return `lower(${found} #>> '{}') = lower(${values.add(value)})`;
    case "has":
      return `(${found} #>> '{}') ilike ${values.add(`%${escaped(value)}%`)}`;
    case "over":
    case "under": {
      const number = values.add(Number(value));
      const compared = `(${found} #>> '{}')::numeric ${test === "over" ? ">" : "<"} ${number}::float8::numeric`;
      return `case when jsonb_typeof(${found}) = 'number' then ${compared} else false end`;
    }
  }
}

const textCondition = (like: string): string =>
  `(t.title ilike ${like} or t.requester ilike ${like} or t.context::text ilike ${like} or t.prefill::text ilike ${like})`;

const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

export async function countInbox(database: Queryable, workspace: number, person: InboxPerson): Promise<InboxCounts> {
  const values = new Values();
  const count = (view: InboxViewName): string => `count(*) filter (where ${VIEW[view]})::int as "${view}"`;
  const found = await database.query<InboxCounts & { [name: string]: unknown }>(
    `select ${(["mine", "groups", "overdue", "all"] as const).map(count).join(", ")}
       from ${source(values, workspace, await inboxRight(database, workspace, person), true)}`,
    values.list,
  );
  const [counts] = found.rows;
  return counts ?? { mine: 0, groups: 0, overdue: 0, all: 0 };
}
