/** The list of a day, for whoever wants no mail of each task: what they may decide, by when. */
import { atWallTime, DAY, wallTime } from "@holdfast/dsl";
import type pg from "pg";
import { newDecisionLink } from "../decision-links/new-link.ts";
import { inTransaction } from "../database/transaction.ts";
import { listInbox } from "../read/inbox.ts";
import { digestMail } from "./mail-texts.ts";
import type { NoticeMail } from "./post.ts";
import type { MailOptions } from "./send-mails.ts";
import { nextDigest, settingsFrom } from "./settings.ts";

/** Milliseconds. */
const AGAIN_AFTER = 300_000;
/** A longer list is read on the page. */
const LISTED = 50;

interface DueReader {
  readonly id: string;
  readonly workspace: number;
  readonly email: string;
  readonly roles: readonly string[];
  readonly groups: readonly string[];
  readonly notify: unknown;
  readonly now: number;
}

/** Sends one person's list, if one is due. @returns Whether one was. */
export async function sendDigest(options: MailOptions): Promise<boolean> {
  const claimed = await inTransaction(options.database, (client) => claim(client, options.url));
  if (claimed === undefined) return false;
  const { mail, person, kept, next } = claimed;
  if (mail === undefined) return true;
  const posted = await options.post(mail).catch(() => "lost" as const);
  // Whoever has set another time meanwhile has it.
  if (posted !== "later") {
    await options.database.query(
      "update holdfast.people set digest_at = holdfast.at($3) where id = $1 and digest_at = holdfast.at($2)",
      [person, kept, next],
    );
  }
  return true;
}

interface Claimed {
  readonly person: string;
  /** Undefined: there is nothing to tell. */
  readonly mail: NoticeMail | undefined;
  /** Until then nobody else sends it; a process that dies leaves it to the others. Milliseconds. */
  readonly kept: number;
  /** When the one after it is due. */
  readonly next: number | null;
}

async function claim(client: pg.PoolClient, url: string | undefined): Promise<Claimed | undefined> {
  const { rows } = await client.query<DueReader>(
    `select id, workspace, email, roles, groups, notify, holdfast.ms(holdfast.now()) as now
     from holdfast.people where digest_at <= (select holdfast.now()) and disabled_at is null
     order by digest_at limit 1 for no key update skip locked`,
  );
  const [reader] = rows;
  if (reader === undefined) return undefined;
  const settings = settingsFrom(reader.notify);
  const { now } = reader;
  const next = settings.mail === "daily" ? nextDigest(now, settings) : null;
  const claimed = { person: reader.id, kept: now + AGAIN_AFTER, next };
  const wanted = settings.mail === "daily" && reader.roles.length > 0;
  const items = wanted ? (await listInbox(client, reader.workspace, reader, { view: "mine", order: "due" })).items : [];
  await client.query("update holdfast.people set digest_at = holdfast.at($2) where id = $1", [
    reader.id,
    items.length === 0 ? next : claimed.kept,
  ]);
  if (items.length === 0) return { ...claimed, mail: undefined };
  const told = [];
  for (const { id, title, dueAt } of items.slice(0, LISTED)) {
    const { workspace } = reader;
    const token = url === undefined ? "" : await newDecisionLink(client, { workspace, person: reader.id, task: id });
    const link = url === undefined ? undefined : new URL(`/decide/${token}`, url).href;
    told.push({ title, due: dueAt === null ? null : Date.parse(dueAt), link });
  }
  const today = Math.floor(wallTime(now, settings.timeZone) / DAY) * DAY;
  const endOfDay = atWallTime(today + DAY, settings.timeZone);
  return { ...claimed, mail: digestMail(told, { email: reader.email, settings }, { now, endOfDay }) };
}
