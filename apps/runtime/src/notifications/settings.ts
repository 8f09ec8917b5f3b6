/** How a person wants to be told by mail. */
import { atWallTime, DAY, timeOfDay, wallTime } from "@holdfast/dsl";
import type pg from "pg";
import { z } from "zod";
import { noteOperation } from "../audit/note-operation.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Queryable } from "../read/queryable.ts";
import type { SignedIn } from "../session/signed-in.ts";

export const notifySettings = z.strictObject({
  /** At once, as one list a day, or not at all. */
  mail: z.enum(["now", "daily", "off"]),
  /** When the list comes, on the wall clock of `timeZone`. */
  at: z
    .string()
    .refine((text) => timeOfDay(text) < DAY, { error: "write a time of day such as 08:30" })
    .default("08:30"),
  timeZone: z.string().refine(isTimeZone, { error: "write a time zone such as Europe/Kyiv" }).default("UTC"),
  /** In which language the mails are. */
  language: z.enum(["en", "uk"]).default("en"),
});
export type NotifySettings = z.output<typeof notifySettings>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** What is stored; nothing stored is the default: at once. */
export function settingsFrom(stored: unknown): NotifySettings {
  return notifySettings.safeParse(stored ?? undefined).data ?? notifySettings.parse({ mail: "now" });
}

export async function readSettings(database: Queryable, person: string): Promise<NotifySettings & { isSet: boolean }> {
  const { rows } = await database.query<{ notify: unknown }>("select notify from holdfast.people where id = $1", [
    person,
  ]);
  const stored = rows[0]?.notify ?? null;
  return { ...settingsFrom(stored), isSet: stored !== null };
}

export function saveSettings(database: pg.Pool, caller: SignedIn, settings: NotifySettings): Promise<void> {
  return inTransaction(database, async (client) => {
    const { rows } = await client.query<{ notify: unknown; now: number }>(
      "select notify, holdfast.ms(holdfast.now()) as now from holdfast.people where id = $1 for no key update",
      [caller.person.id],
    );
    const [row] = rows;
    if (row === undefined) return;
    const digest = settings.mail === "daily" ? nextDigest(row.now, settings) : null;
    await client.query("update holdfast.people set notify = $2, digest_at = holdfast.at($3) where id = $1", [
      caller.person.id,
      JSON.stringify(settings),
      digest,
    ]);
    await noteOperation(client, caller, {
      action: "person.notify",
      target: `person:${caller.person.id}`,
      before: { ...settingsFrom(row.notify) },
      after: { ...settings },
    });
  });
}

/** The first time after `now` at which the wall shows that time of day. */
export function nextDigest(now: number, { at, timeZone }: Pick<NotifySettings, "at" | "timeZone">): number {
  const today = Math.floor(wallTime(now, timeZone) / DAY) * DAY;
  for (let day = today; ; day += DAY) {
    const time = atWallTime(day + timeOfDay(at), timeZone);
    if (time > now) return time;
  }
}
