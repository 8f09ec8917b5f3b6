/** Tasks: people's work, with the form, what it is filled in with, and the decision once there is one. */
import type { JsonObject } from "@holdfast/dsl";
import { parseActor } from "../actor/actor.ts";
import { CLAIM_HOURS, claimedSql } from "../store/standing.ts";
import { talkOf, type Talk } from "../store/task-talk.ts";
import type { ProposalChange } from "../tasks/proposal-diff.ts";
import { isUuid } from "../ids/uuid7.ts";
import { idCursor, pageOf, type Page, type PageRequest } from "./cursor.ts";
import type { Queryable } from "./queryable.ts";
import type { TaskView } from "./task-view.ts";
import { iso, isoOrNull } from "./time.ts";

interface TaskRow {
  id: string;
  run: string;
  flow: string;
  version: number;
  node: string;
  status: TaskView["status"];
  title: string;
  description: string | null;
  context: JsonObject;
  columns: string[];
  outcomes: string[];
  outcome_titles: { [outcome: string]: string };
  in_step: boolean;
  form: JsonObject | null;
  prefill: JsonObject;
  assign_to: Partial<TaskView["assignTo"]>;
  requester: string | null;
  not_requester: boolean;
  not_deciders_of: string[];
  needs: { [outcome: string]: number };
  reason_for: string[];
  files_allowed: boolean;
  claimed_by: string | null;
  claimed_at: number | null;
  claimed_name: string | null;
  ai_offline: boolean;
  ai_facts: string[];
  opened_at: number;
  due_at: number | null;
  expires_at: number | null;
  priority: TaskView["priority"];
  closed_at: number | null;
  reminded_at: number[];
  escalation: TaskView["escalation"];
  escalated_at: number[];
  missing_calendars: string[];
  link: TaskView["link"];
  decision: string | null;
  outcome: string;
  data: JsonObject | null;
  diff: ProposalChange[];
  comment: string | null;
  actor: string;
  on_behalf_of: string | null;
  via: string;
  decided_at: number;
  effective_at: number;
}

const SELECT = `
  select t.id, t.run, f.id as flow, v.version, t.node, t.status, t.title, t.description, t.context, t.columns, t.outcomes, t.form,
         t.outcome_titles, exists (select from holdfast.waits w where w.id = t.wait and w.in_step is not null) as in_step,
         t.prefill, t.assign_to, t.requester, t.not_requester, t.not_deciders_of, t.needs,
         t.reason_for, t.files_allowed, c.id as claimed_by, c.name as claimed_name, holdfast.ms(t.claimed_at) as claimed_at,
         t.ai_offline, t.ai_facts, holdfast.ms(t.opened_at) as opened_at,
         holdfast.ms(coalesce(t.due_at, t.expires_at)) as due_at,
         holdfast.ms(t.expires_at) as expires_at, t.priority, holdfast.ms(t.closed_at) as closed_at,
         array(select holdfast.ms(r)::float8 from unnest(t.reminded_at) r order by r) as reminded_at,
         t.escalation, t.missing_calendars, t.link,
         array(select holdfast.ms(e)::float8 from unnest(t.escalated_at) e order by e) as escalated_at,
         d.id as decision, d.outcome, d.data, d.proposal_diff as diff, d.comment, d.actor, d.on_behalf_of, d.via,
         holdfast.ms(d.decided_at) as decided_at, holdfast.ms(d.effective_at) as effective_at
    from holdfast.tasks t
    join holdfast.runs r on r.id = t.run
    join holdfast.flows f on f.ref = r.flow
    join holdfast.flow_versions v on v.ref = r.flow_version
    left join holdfast.task_decisions d on d.task = t.id and d.decides and d.taken_back_at is null
    left join holdfast.people c on c.id = t.claimed_by and t.status = 'open' and c.disabled_at is null
      and ${claimedSql("holdfast.now()")}`;

const NO_TALK: Talk = { votes: [], comments: [], files: [], delegations: [] };

const CLAIM_MS = CLAIM_HOURS * 60 * 60 * 1_000;

/** With what people have said and done. */
async function views(database: Queryable, rows: readonly TaskRow[]): Promise<readonly TaskView[]> {
  const talks = await talkOf(
    database,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => view(row, talks.get(row.id)));
}

function view(row: TaskRow, talk: Talk | undefined): TaskView {
  const { people = [], roles = [], groups = [] } = row.assign_to;
  return {
    id: row.id,
    runId: row.run,
    flow: row.flow,
    version: row.version,
    node: row.node,
    status: row.status,
    title: row.title,
    description: row.description,
    context: row.context,
    columns: row.columns,
    outcomes: row.outcomes,
    outcomeTitles: row.outcome_titles,
    inStep: row.in_step,
    form: row.form,
    prefill: row.prefill,
    assignTo: { people, roles, groups },
    requester: row.requester,
    notRequester: row.not_requester,
    notDecidersOf: row.not_deciders_of,
    needs: row.needs,
    reasonFor: row.reason_for,
    filesAllowed: row.files_allowed,
    claimedBy: claimOf(row),
    ...talkView(talk ?? NO_TALK),
    aiOffline: row.ai_offline,
    aiFacts: row.ai_facts,
    openedAt: iso(row.opened_at),
    dueAt: isoOrNull(row.due_at),
    expiresAt: isoOrNull(row.expires_at),
    priority: row.priority,
    closedAt: isoOrNull(row.closed_at),
    remindedAt: row.reminded_at.map(iso),
    escalation: row.escalation,
    escalatedAt: row.escalated_at.map(iso),
    missingCalendars: row.missing_calendars,
    link: row.link,
    decision:
      row.decision === null
        ? null
        : {
            id: row.decision,
            outcome: row.outcome,
            data: row.data,
            diff: row.diff,
            comment: row.comment,
            by: parseActor(row.actor),
            onBehalfOf: row.on_behalf_of,
            via: row.via,
            decidedAt: iso(row.decided_at),
            effectiveAt: iso(row.effective_at),
          },
  };
}

function claimOf({ claimed_by: id, claimed_at: at, claimed_name: name }: TaskRow): TaskView["claimedBy"] {
  if (id === null || at === null || name === null) return null;
  return { id, name, since: iso(at), until: iso(at + CLAIM_MS) };
}

function talkView({ votes, comments, files, delegations }: Talk): Pick<TaskView, keyof Talk> {
  const by = (actor: string, name: string | null): TaskView["votes"][number]["by"] => ({ ...parseActor(actor), name });
  return {
    votes: votes.map((vote) => ({
      outcome: vote.outcome,
      by: by(vote.actor, vote.name),
      onBehalfOf: vote.onBehalfOf === null ? null : { id: vote.onBehalfOf, name: vote.onBehalfOfName ?? "" },
      data: vote.data,
      comment: vote.comment,
      via: vote.via,
      at: iso(vote.at),
    })),
    comments: comments.map(({ id, actor, name, text, at }) => ({ id, by: by(actor, name), text, at: iso(at) })),
    files: files.map(({ id, actor, actorName, name, type, size, at }) => ({
      id,
      name,
      type,
      size,
      at: iso(at),
      by: by(actor, actorName),
    })),
    delegations: delegations.map(({ from, fromName, to, toName, kind, reason, at, until }) => ({
      kind,
      reason,
      at: iso(at),
      until: isoOrNull(until),
      from: { id: from, name: fromName },
      to: { id: to, name: toName },
    })),
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
  const { items, nextCursor } = pageOf(
    result.rows,
    page.limit,
    (row) => row,
    (row) => row.id,
  );
  return { items: [...(await views(database, items))], nextCursor };
}

export async function findTask(database: Queryable, workspace: number, id: string): Promise<TaskView | undefined> {
  if (!isUuid(id)) return undefined;
  const result = await database.query<TaskRow>(`${SELECT} where t.workspace = $1 and t.id = $2`, [workspace, id]);
  return (await views(database, result.rows))[0];
}

/** All of a run, the oldest first. */
export async function tasksOfRun(database: Queryable, workspace: number, run: string): Promise<readonly TaskView[]> {
  const result = await database.query<TaskRow>(`${SELECT} where t.workspace = $1 and t.run = $2 order by t.id`, [
    workspace,
    run,
  ]);
  return views(database, result.rows);
}
