/**
 * Mails of notices, after the commit that stored them. Whoever sends one keeps it from the others for a while, and notes
 * that it went out, or may have; one that certainly did not is tried again, ever more slowly. A process that dies in
 * between leaves its mails to the others once that while is over: better twice, by the same Message-ID, than never.
 */
import type pg from "pg";
import { newDecisionLink } from "../decision-links/new-link.ts";
import { inTransaction } from "../database/transaction.ts";
import { standingsOf } from "../store/standing.ts";
import type { StoredTask } from "../store/tasks.ts";
import { rightToDecide } from "../tasks/standing.ts";
import type { NoticeKind } from "./kinds.ts";
import { noticeMail, noticesMail, type Reader, type ToldNotice } from "./mail-texts.ts";
import type { NoticeMail, Post } from "./post.ts";
import { settingsFrom } from "./settings.ts";

export interface MailOptions {
  readonly database: pg.Pool;
  readonly post: Post;
  /** Where people find the pages; absent: mails have no links. */
  readonly url: string | undefined;
}

const BATCH = 200;
/** So many for one person make mails of their own; more at once are one list. */
const SINGLE = 3;
const MOST_TRIES = 24;
/** Milliseconds. */
const KEPT = 600_000;
/** What has not been begun by then is left to the next round, long before others may take it. */
const ROUND = KEPT / 2;
const FIRST_PAUSE = 60_000;
const LONGEST_PAUSE = 3_600_000;

type Pending = Pick<StoredTask, "assignTo" | "requester" | "notRequester"> & {
  readonly id: string;
  readonly workspace: number;
  readonly person: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly disabled: boolean;
  readonly notify: unknown;
  readonly task: string;
  readonly open: boolean;
  readonly kind: NoticeKind;
  readonly by: string | null;
  readonly note: string | null;
  readonly title: string;
  readonly due: number | null;
};

interface Letter {
  readonly ids: readonly string[];
  readonly mail: NoticeMail;
}

/** Sends what is due. @returns Whether there may be more. */
export async function sendMails(options: MailOptions): Promise<boolean> {
  const { letters, more } = await claim(options);
  const began = performance.now();
  let down = false;
  for (const { ids, mail } of letters) {
    if (!down && performance.now() - began > ROUND) {
      await giveBack(options.database, ids);
      continue;
    }
    const posted = down ? "later" : await options.post(mail).catch(() => "lost" as const);
    if (posted !== "later") await noteMailed(options.database, ids);
    else {
      down = true;
      await tryLater(options.database, ids);
    }
  }
  return more && !down;
}

/** Nobody else sends these for a while; what nobody should hear of any more is dropped. */
function claim({ database, url }: MailOptions): Promise<{ letters: readonly Letter[]; more: boolean }> {
  return inTransaction(database, async (client) => {
    const pending = await pendingNotices(client);
    const told: (Pending & { readonly may: boolean; readonly link: string | undefined })[] = [];
    for (const notice of await withRight(client, pending)) {
      const path = notice.may ? `/decide/${await newDecisionLink(client, notice)}` : `/inbox?task=${notice.task}`;
      told.push({ ...notice, link: url === undefined ? undefined : new URL(path, url).href });
    }
    await client.query(
      `update holdfast.notifications
         set mail_at = case when id = any($2) then holdfast.now() + $3 * interval '1 millisecond' end
       where id = any($1)`,
      [pending.map(({ id }) => id), told.map(({ id }) => id), KEPT],
    );
    const readers = Map.groupBy(told, ({ person }) => person);
    return {
      letters: [...readers.values()].flatMap((notices) => lettersTo(notices)),
      more: pending.length === BATCH,
    };
  });
}

async function pendingNotices(client: pg.PoolClient): Promise<readonly Pending[]> {
  const { rows } = await client.query<Pending>({
    name: "holdfast_pending_mails",
    text: `
      with due as (
        select id from holdfast.notifications
        where mail_at <= (select holdfast.now()) and mailed_at is null
          and (mail_tries > 0 or stored_at > clock_timestamp() - interval '1 day')
        order by mail_at, id limit ${BATCH} for update skip locked
      )
      select n.id, n.workspace, n.person, p.email, p.name, p.roles, p.disabled_at is not null as disabled, p.notify,
        n.task, t.status = 'open' as open, n.kind, b.name as by, n.note, t.title, t.assign_to as "assignTo", t.requester,
        t.not_requester as "notRequester", holdfast.ms(coalesce(t.due_at, t.expires_at)) as due
      from due join holdfast.notifications n using (id)
      join holdfast.people p on p.id = n.person
      join holdfast.tasks t on t.id = n.task
      left join holdfast.people b on n.actor = 'person:' || b.id
      order by n.id`,
  });
  return rows;
}

/** What there is to say still: a task that is closed, or not theirs to decide, asks nobody. */
async function withRight(
  client: pg.PoolClient,
  pending: readonly Pending[],
): Promise<readonly (Pending & { readonly may: boolean })[]> {
  const told: (Pending & { readonly may: boolean })[] = [];
  for (const [person, notices] of Map.groupBy(pending, (notice) => notice.person)) {
    const standings = await standingsOf(client, [...new Set(notices.map(({ task }) => task))], person);
    for (const notice of notices) {
      if (notice.disabled || notice.roles.length === 0) continue;
      if (settingsFrom(notice.notify).mail !== "now") continue;
      const standing = standings.get(notice.task);
      const may = notice.open && standing !== undefined && rightToDecide(notice, person, standing).may;
      const tells = notice.kind === "decided" || notice.kind === "commented";
      if (may || tells) told.push({ ...notice, may });
    }
  }
  return told;
}

function lettersTo(notices: readonly (Pending & ToldNotice)[]): readonly Letter[] {
  const [first] = notices;
  if (first === undefined) return [];
  const reader: Reader = { email: first.email, settings: settingsFrom(first.notify) };
  if (notices.length > SINGLE) {
    return [{ ids: notices.map(({ id }) => id), mail: noticesMail(notices, reader) }];
  }
  return notices.map((notice) => ({ ids: [notice.id], mail: noticeMail(notice, reader) }));
}

async function noteMailed(database: pg.Pool, ids: readonly string[]): Promise<void> {
  await database.query("update holdfast.notifications set mailed_at = holdfast.now() where id = any($1)", [ids]);
}

/** To the next round. */
async function giveBack(database: pg.Pool, ids: readonly string[]): Promise<void> {
  await database.query("update holdfast.notifications set mail_at = holdfast.now() where id = any($1)", [ids]);
}

async function tryLater(database: pg.Pool, ids: readonly string[]): Promise<void> {
  await database.query(
    `update holdfast.notifications set mail_tries = mail_tries + 1,
       mail_at = case when mail_tries + 1 < $2
         then holdfast.now() + least($3 * power(2, mail_tries), $4) * interval '1 millisecond' end
     where id = any($1)`,
    [ids, MOST_TRIES, FIRST_PAUSE, LONGEST_PAUSE],
  );
}
