/**
 * Who may decide, for many tasks at once. Most tasks are as their flow made them: for those it is one comparison in SQL.
 * Those that somebody has taken, answered or given away, or whose earlier deciders are excluded, are few, and judged by
 * the very function that judges the decision. A test holds the two together.
 */
import type { Caller } from "../services/services.ts";
import { standingsOf } from "../store/standing.ts";
import { mayDecideNow } from "../tasks/standing.ts";
import type { Queryable } from "./queryable.ts";
import type { TaskView } from "./task-view.ts";

export type InboxPerson = Pick<NonNullable<Caller["person"]>, "id" | "email" | "roles" | "groups">;

export interface InboxRight {
  readonly person: InboxPerson;
  /** Who is away and has named the person meanwhile. */
  readonly away: readonly InboxPerson[];
  /** Tasks that were judged one by one, */
  readonly judged: readonly string[];
  /** and those of them that the person may decide now. */
  readonly allowed: readonly string[];
}

/** A task around which something stands that SQL does not judge. */
const TOUCHED = `
  (t.claimed_by is not null or cardinality(t.not_deciders_of) > 0
   or exists (select from holdfast.task_delegations g where g.task = t.id and g.ended_at is null)
   or exists (select from holdfast.task_decisions d where d.task = t.id and d.taken_back_at is null))`;

interface TouchedRow {
  readonly id: string;
  readonly assignTo: Partial<TaskView["assignTo"]>;
  readonly requester: string | null;
  readonly notRequester: boolean;
}

export async function inboxRight(database: Queryable, workspace: number, person: InboxPerson): Promise<InboxRight> {
  const [touched, away] = await Promise.all([
    database.query<TouchedRow>(
      `select t.id, t.assign_to as "assignTo", t.requester, t.not_requester as "notRequester"
         from holdfast.tasks t where t.workspace = $1 and t.status = 'open' and ${TOUCHED}`,
      [workspace],
    ),
    database.query<InboxPerson>(
      `select p.id, p.email, p.roles, p.groups
         from holdfast.absences a, holdfast.people p, (select holdfast.now() as at offset 0) now
        where a.delegate = $1 and a.ended_at is null and a.from_at <= now.at and now.at < a.until_at
          and p.id = a.person and p.disabled_at is null`,
      [person.id],
    ),
  ]);
  const judged = touched.rows.map(({ id }) => id);
  const standings = await standingsOf(database, judged, person.id);
  const allowed = touched.rows.filter((task) => {
    const standing = standings.get(task.id);
    const { people = [], roles = [], groups = [] } = task.assignTo;
    const assignTo = { people, roles, groups };
    return standing !== undefined && mayDecideNow({ ...task, assignTo }, person.id, standing).may;
  });
  return { person, away: away.rows, judged, allowed: allowed.map(({ id }) => id) };
}

interface Values {
  add(value: unknown): string;
}

/**
 * Columns of a select from `tasks t`: `may` (whether the person may decide it now) and `through_group` (it is for a
 * role or group of theirs).
 */
export function mayDecideSql(values: Values, { person, away, judged, allowed }: InboxRight): string {
  const own = conditionsOf(values, person);
  const instead = away.map((one) => conditionsOf(values, one)).map((one) => `(${one.assigned} and not ${one.asked})`);
  const grounds = [own.assigned, ...instead].join(" or ");
  return `
    case when t.id = any(${values.add(judged)}::uuid[]) then t.id = any(${values.add(allowed)}::uuid[])
         else (${grounds}) and not ${own.asked} end as may,
    ${own.through} as through_group`;
}

interface Conditions {
  readonly assigned: string;
  readonly through: string;
  /** The person asked for it, and so may not decide. */
  readonly asked: string;
}

function conditionsOf(values: Values, { id, email, roles, groups }: InboxPerson): Conditions {
  const names = `${values.add([id.toLowerCase(), email.toLowerCase(), `person:${id.toLowerCase()}`])}::text[]`;
  const list = (of: "people" | "roles" | "groups"): string => `coalesce(t.assign_to -> '${of}', '[]')`;
  const through = `(${list("roles")} ?| ${values.add(roles)}::text[] or ${list("groups")} ?| ${values.add(groups)}::text[])`;
  const anybody = `(${list("people")} = '[]' and ${list("roles")} = '[]' and ${list("groups")} = '[]')`;
  const named = `exists (select from jsonb_array_elements_text(${list("people")}) n where lower(btrim(n)) = any(${names}))`;
  return {
    assigned: `(${anybody} or ${named} or ${through})`,
    through,
    asked: `(t.not_requester and lower(btrim(coalesce(t.requester, ''))) = any(${names}))`,
  };
}
