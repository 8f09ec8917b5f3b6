/** What a person has been told, the newest first. */
import type { Queryable } from "../read/queryable.ts";
import type { TaskView } from "../read/task-view.ts";
import { iso, isoOrNull } from "../read/time.ts";
import type { NoticeKind } from "./kinds.ts";

export interface NoticeView {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly task: string;
  readonly title: string;
  readonly status: TaskView["status"];
  readonly dueAt: string | null;
  /** Who caused it; null: time, or the run. */
  readonly by: string | null;
  readonly note: string | null;
  readonly at: string;
  readonly read: boolean;
}

interface Row extends Omit<NoticeView, "at" | "dueAt"> {
  readonly at: number;
  readonly due: number | null;
}

/**
 * An SQL condition on `n` and its task `t`: not yet read, and still worth it. What asks for a decision is over with the
 * task; what others did is still news.
 */
const UNREAD = "n.read_at is null and (t.status = 'open' or n.kind in ('decided', 'commented'))";

const LISTED = 50;

/** @param before The `id` of the last one that is known. */
export async function listNotices(
  database: Queryable,
  person: string,
  before: string | null,
): Promise<readonly NoticeView[]> {
  const { rows } = await database.query<Row>(
    `select n.id::text as id, n.kind, n.task, t.title, t.status, holdfast.ms(coalesce(t.due_at, t.expires_at)) as due,
       b.name as by, n.note, holdfast.ms(n.at) as at, not (${UNREAD}) as read
     from holdfast.notifications n
     join holdfast.tasks t on t.id = n.task
     left join holdfast.people b on n.actor = 'person:' || b.id
     where n.person = $1 and ($2::bigint is null or n.id < $2) order by n.id desc limit ${LISTED}`,
    [person, before],
  );
  return rows.map(({ at, due, ...rest }) => ({ ...rest, at: iso(at), dueAt: isoOrNull(due) }));
}

export async function countUnread(database: Queryable, person: string): Promise<number> {
  const { rows } = await database.query<{ unread: number }>(
    `select count(*)::int as unread from holdfast.notifications n join holdfast.tasks t on t.id = n.task
     where n.person = $1 and ${UNREAD}`,
    [person],
  );
  return rows[0]?.unread ?? 0;
}

export type WhichNotices = { readonly ids: readonly string[] } | { readonly task: string } | "all";

/** Only the person's own. */
export async function markRead(database: Queryable, person: string, which: WhichNotices): Promise<void> {
  await database.query(
    `update holdfast.notifications set read_at = holdfast.now()
     where person = $1 and read_at is null and ($2::bigint[] is null or id = any($2)) and ($3::uuid is null or task = $3)`,
    [
      person,
      which !== "all" && "ids" in which ? which.ids : null,
      which !== "all" && "task" in which ? which.task : null,
    ],
  );
}
