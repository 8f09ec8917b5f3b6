/** Tasks: people's work, with the form, what it is filled in with, and the decision once there is one. */
import type { JsonObject } from "@holdfast/dsl";
import { parseActor } from "../actor/actor.ts";
import { isUuid } from "../ids/uuid7.ts";
import { idCursor, pageOf, type Page, type PageRequest } from "./cursor.ts";
import type { Queryable } from "./queryable.ts";
import type { TaskView } from "./task-view.ts";
import { iso, isoOrNull } from "./time.ts";

interface TaskRow {
  id: string;
  run: string;
  flow: string;
  node: string;
  status: TaskView["status"];
  title: string;
  description: string | null;
  context: JsonObject;
  columns: string[];
  outcomes: string[];
  form: JsonObject | null;
  prefill: JsonObject;
  assign_to: Partial<TaskView["assignTo"]>;
  requester: string | null;
  not_requester: boolean;
  ai_offline: boolean;
  opened_at: number;
  due_at: number | null;
  expires_at: number | null;
  priority: TaskView["priority"];
  closed_at: number | null;
  reminded_at: number[];
  decision: string | null;
  outcome: string;
  data: JsonObject | null;
  comment: string | null;
  actor: string;
  via: string;
  decided_at: number;
  effective_at: number;
}

const SELECT = `
  select t.id, t.run, f.id as flow, t.node, t.status, t.title, t.description, t.context, t.columns, t.outcomes, t.form,
         t.prefill, t.assign_to, t.requester, t.not_requester, t.ai_offline, holdfast.ms(t.opened_at) as opened_at,
         holdfast.ms(coalesce(t.due_at, t.expires_at)) as due_at,
         holdfast.ms(t.expires_at) as expires_at, t.priority, holdfast.ms(t.closed_at) as closed_at,
         array(select holdfast.ms(r)::float8 from unnest(t.reminded_at) r order by r) as reminded_at,
         d.id as decision, d.outcome, d.data, d.comment, d.actor, d.via,
         holdfast.ms(d.decided_at) as decided_at, holdfast.ms(d.effective_at) as effective_at
    from holdfast.tasks t
    join holdfast.runs r on r.id = t.run
    join holdfast.flows f on f.ref = r.flow
    left join holdfast.task_decisions d on d.task = t.id and d.taken_back_at is null`;

function view(row: TaskRow): TaskView {
  const { people = [], roles = [], groups = [] } = row.assign_to;
  return {
    id: row.id,
    runId: row.run,
    flow: row.flow,
    node: row.node,
    status: row.status,
    title: row.title,
    description: row.description,
    context: row.context,
    columns: row.columns,
    outcomes: row.outcomes,
    form: row.form,
    prefill: row.prefill,
    assignTo: { people, roles, groups },
    requester: row.requester,
    notRequester: row.not_requester,
    aiOffline: row.ai_offline,
    openedAt: iso(row.opened_at),
    dueAt: isoOrNull(row.due_at),
    expiresAt: isoOrNull(row.expires_at),
    priority: row.priority,
    closedAt: isoOrNull(row.closed_at),
    remindedAt: row.reminded_at.map(iso),
    decision:
      row.decision === null
        ? null
        : {
            id: row.decision,
            outcome: row.outcome,
            data: row.data,
            comment: row.comment,
            by: parseActor(row.actor),
            via: row.via,
            decidedAt: iso(row.decided_at),
            effectiveAt: iso(row.effective_at),
          },
  };
}

export interface TaskFilter {
  readonly status?: TaskView["status"] | undefined;
  readonly run?: string | undefined;
}

/** The oldest first: what has waited longest is on top. */
export async function listTasks(
  database: Queryable,
  workspace: number,
  filter: TaskFilter,
  page: PageRequest,
): Promise<Page<TaskView>> {
  if (filter.run !== undefined && !isUuid(filter.run)) return { items: [], nextCursor: null };
  const result = await database.query<TaskRow>(
    `${SELECT}
      where t.workspace = $1
        and ($2::uuid is null or t.id > $2)
        and ($3::text is null or t.status = $3)
        and ($4::uuid is null or t.run = $4)
      order by t.id limit $5`,
    [workspace, idCursor(page), filter.status ?? null, filter.run ?? null, page.limit + 1],
  );
  return pageOf(result.rows, page.limit, view, (row) => row.id);
}

export async function findTask(database: Queryable, workspace: number, id: string): Promise<TaskView | undefined> {
  if (!isUuid(id)) return undefined;
  const result = await database.query<TaskRow>(`${SELECT} where t.workspace = $1 and t.id = $2`, [workspace, id]);
  const row = result.rows[0];
  return row === undefined ? undefined : view(row);
}

/** All of a run, the oldest first. */
export async function tasksOfRun(database: Queryable, workspace: number, run: string): Promise<readonly TaskView[]> {
  const result = await database.query<TaskRow>(`${SELECT} where t.workspace = $1 and t.run = $2 order by t.id`, [
    workspace,
    run,
  ]);
  return result.rows.map(view);
}
