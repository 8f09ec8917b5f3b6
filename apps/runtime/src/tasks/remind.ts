/**
 * Reminders: a task that is still open is brought to mind, once per time that the flow names.
 */
import type pg from "pg";
import type { DueTimer } from "../store/timers.ts";

export interface Reminder {
  readonly task: string;
  readonly title: string;
  readonly dueAt: string | null;
  /** E-mail addresses of the people who may be assigned. */
  readonly to: readonly string[];
}

/** Notes the reminder on the task, and tells people where there is a way to. A closed task is not reminded of. */
export async function remindOf(
  database: pg.Pool,
  timer: DueTimer,
  tell: ((reminder: Reminder) => Promise<void>) | undefined,
): Promise<void> {
  const wait = timer.name.split(":")[1] ?? "";
  const result = await database.query<Reminder>({
    text: `
      with t as (
        update holdfast.tasks set reminded_at = reminded_at || holdfast.now()
        where wait = $1 and status = 'open' returning *
      )
      select t.id as task, t.title, coalesce(t.due_at, t.expires_at) as "dueAt",
        coalesce((
          select array_agg(p.email) from holdfast.people p
          where p.workspace = t.workspace and p.disabled_at is null
            and not (t.not_requester and lower(t.requester) in (lower(p.email), p.id::text))
            and (p.roles && array(select jsonb_array_elements_text(t.assign_to -> 'roles'))
              or p.groups && array(select jsonb_array_elements_text(t.assign_to -> 'groups'))
              or lower(p.email) = any(array(select lower(jsonb_array_elements_text(t.assign_to -> 'people')))))
        ), '{}') as to
      from t`,
    values: [wait],
  });
  const [reminder] = result.rows;
  if (reminder !== undefined && reminder.to.length > 0) await tell?.(reminder);
}
