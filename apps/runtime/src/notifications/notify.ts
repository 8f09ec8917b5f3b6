/** Telling people of a task: in the page at once, and by mail as each of them wants it. */
import type pg from "pg";
import { type Actor, actorText } from "../actor/actor.ts";
import { claimedSql } from "../store/standing.ts";
import type { NoticeKind } from "./kinds.ts";

export interface Notice {
  readonly task: string;
  readonly kind: NoticeKind;
  /**
   * - `deciders`: who has claimed it; where nobody has, everybody whom it is assigned to and who may decide it.
   * - `involved`: who has claimed it, answered it, commented on it, or given it to somebody else.
   * - ids of people.
   */
  readonly to: "deciders" | "involved" | readonly string[];
  /** Who causes it, and is not told. Absent: time, or the run. */
  readonly by?: Actor | undefined;
  /** The comment, the reason, the answer. */
  readonly note?: string | undefined;
  /** No mail of it goes out before then, milliseconds. */
  readonly mailAt?: number;
}

const LONGEST_NOTE = 1_000;

/**
 * Call it in the transaction that causes it, after the task has been locked, and before `noteOperation`.
 * @returns How many people are told.
 */
export async function notify(client: pg.PoolClient, { task, kind, to, by, note, mailAt }: Notice): Promise<number> {
  const told = await client.query({
    name: "holdfast_notify",
    text: `
      insert into holdfast.notifications (workspace, person, task, kind, actor, note, mail_at)
      select t.workspace, p.id, t.id, $2, $3, $4,
        case when coalesce(p.notify ->> 'mail', 'now') = 'now' then coalesce(holdfast.at($7), holdfast.now()) end
      from holdfast.tasks t
      join holdfast.people p on p.workspace = t.workspace and p.disabled_at is null
      where t.id = $1 and 'person:' || p.id is distinct from $3 and case
        when $6::uuid[] is not null then p.id = any($6)
        when $5 = 'deciders' and t.claimed_by is not null and ${claimedSql("holdfast.now()")} then p.id = t.claimed_by
        when $5 = 'deciders' then p.id in (select holdfast.told_of(t.workspace, t.run, t.assign_to, t.requester, t.not_requester, t.not_deciders_of))
        else p.id = t.claimed_by
          or exists (select from holdfast.task_decisions d where d.task = t.id and (d.actor = 'person:' || p.id or d.on_behalf_of = p.id))
          or exists (select from holdfast.task_comments c where c.task = t.id and c.actor = 'person:' || p.id)
          or exists (select from holdfast.task_delegations g where g.task = t.id and p.id in (g.from_person, g.to_person))
        end
      order by p.id`,
    values: [
      task,
      kind,
      by === undefined ? null : actorText(by),
      note?.slice(0, LONGEST_NOTE) ?? null,
      typeof to === "string" ? to : null,
      typeof to === "string" ? null : to,
      mailAt ?? null,
    ],
  });
  return told.rowCount ?? 0;
}

/** A decision was taken back before it took effect: it was none, and nobody is told of it. */
export async function unsayDecided(client: pg.PoolClient, task: string, by: Actor): Promise<void> {
  await client.query("delete from holdfast.notifications where task = $1 and kind = 'decided' and actor = $2", [
    task,
    actorText(by),
  ]);
}
