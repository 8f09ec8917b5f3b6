/** The workspace's calendars. */
import { addWorkingTime, DEFAULT_CALENDAR, defaultCalendar, isDate, timeOfDay, type WorkCalendar } from "@holdfast/dsl";
import type pg from "pg";
import { actorText } from "../actor/actor.ts";
import { noteOperation } from "../audit/note-operation.ts";
import { inTransaction } from "../database/transaction.ts";
import { Problem } from "../problem/problem.ts";
import type { Queryable } from "../read/queryable.ts";
import type { Caller } from "../services/services.ts";

/** Without a time zone of its own it has that of the flow. */
export type StoredCalendar = Omit<WorkCalendar, "timeZone"> & { readonly timeZone: string | null };

export interface NamedCalendar extends StoredCalendar {
  readonly name: string;
  /** The one that is always there; as long as nobody has changed it, it is not stored. */
  readonly isDefault: boolean;
  readonly changedAt: string | null;
  /** Flows whose live version counts in it, by id. */
  readonly usedBy: readonly string[];
}

interface Row extends StoredCalendar {
  readonly name: string;
  readonly changedAt: Date;
}

const COLUMNS = `name, time_zone as "timeZone", hours, holidays, changed_at as "changedAt"`;

/** By name; those that do not exist are absent. */
export async function calendarsNamed(
  database: Queryable,
  workspace: number,
  names: readonly string[],
): Promise<ReadonlyMap<string, StoredCalendar>> {
  const { rows } = await database.query<Row>(
    `select ${COLUMNS} from holdfast.calendars where workspace = $1 and name = any($2)`,
    [workspace, names],
  );
  return new Map(rows.map(({ name, timeZone, hours, holidays }) => [name, { timeZone, hours, holidays }]));
}

/** The default one first, the others by name. */
export async function listCalendars(database: Queryable, workspace: number): Promise<readonly NamedCalendar[]> {
  const { rows } = await database.query<Row>(
    `select ${COLUMNS} from holdfast.calendars where workspace = $1 order by name`,
    [workspace],
  );
  const users = await usersOf(database, workspace);
  const view = ({ name, timeZone, hours, holidays, changedAt }: Row): NamedCalendar => ({
    name,
    timeZone,
    hours,
    holidays,
    isDefault: name === DEFAULT_CALENDAR,
    changedAt: changedAt.toISOString(),
    usedBy: users.get(name) ?? [],
  });
  const own = rows.find(({ name }) => name === DEFAULT_CALENDAR);
  const others = rows.filter((row) => row !== own).map(view);
  const { hours, holidays } = defaultCalendar("UTC");
  const untouched: NamedCalendar = {
    name: DEFAULT_CALENDAR,
    timeZone: null,
    hours,
    holidays,
    isDefault: true,
    changedAt: null,
    usedBy: users.get(DEFAULT_CALENDAR) ?? [],
  };
  return [own === undefined ? untouched : view(own), ...others];
}

/** The names that flows may use, beside the default one. */
export async function calendarNames(database: Queryable, workspace: number): Promise<ReadonlySet<string>> {
  const { rows } = await database.query<{ name: string }>("select name from holdfast.calendars where workspace = $1", [
    workspace,
  ]);
  return new Set(rows.map(({ name }) => name));
}

/** Flows by the name of a calendar that their live version names anywhere. */
async function usersOf(database: Queryable, workspace: number): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await database.query<{ id: string; names: string[] }>(
    `select f.id, array(
         select distinct n #>> '{}' from jsonb_path_query(v.document::jsonb, 'strict $.nodes.**.calendar') n
          where jsonb_typeof(n) = 'string'
       ) as names
       from holdfast.flows f join holdfast.flow_versions v on v.flow = f.ref and v.version = f.live_version
      where f.workspace = $1 and v.document like '%"calendar"%' order by f.id`,
    [workspace],
  );
  const users = new Map<string, string[]>();
  for (const { id, names } of rows) for (const name of names) users.set(name, [...(users.get(name) ?? []), id]);
  return users;
}

/** Makes a calendar or changes it. @throws Problem 422 with the pointer of what can't be. */
export function saveCalendar(
  database: pg.Pool,
  caller: Caller,
  { name, calendar }: { readonly name: string; readonly calendar: StoredCalendar },
): Promise<void> {
  refuseUnusable(calendar);
  return inTransaction(database, async (client) => {
    const before = (await calendarsNamed(client, caller.workspace, [name])).get(name);
    await client.query(
      `insert into holdfast.calendars (workspace, name, time_zone, hours, holidays, changed_by)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (workspace, name) do update set time_zone = excluded.time_zone, hours = excluded.hours,
         holidays = excluded.holidays, changed_by = excluded.changed_by, changed_at = clock_timestamp()`,
      [
        caller.workspace,
        name,
        calendar.timeZone,
        JSON.stringify(calendar.hours),
        JSON.stringify(calendar.holidays.toSorted((a, b) => (a.date < b.date ? -1 : 1))),
        actorText(caller.actor),
      ],
    );
    await noteOperation(client, caller, {
      action: "calendar.save",
      target: `calendar:${name}`,
      ...(before === undefined ? {} : { before: plain(before) }),
      after: plain(calendar),
    });
  });
}

/** Removes a calendar; the default one becomes again what it was at first. @throws Problem 404 */
export function removeCalendar(database: pg.Pool, caller: Caller, name: string): Promise<void> {
  return inTransaction(database, async (client) => {
    const before = (await calendarsNamed(client, caller.workspace, [name])).get(name);
    if (before === undefined) throw new Problem(404, "calendar_not_found", `There is no calendar “${name}”.`);
    await client.query("delete from holdfast.calendars where workspace = $1 and name = $2", [caller.workspace, name]);
    await noteOperation(client, caller, {
      action: "calendar.remove",
      target: `calendar:${name}`,
      before: plain(before),
      after: {},
    });
  });
}

const plain = ({ timeZone, hours, holidays }: StoredCalendar) => ({
  timeZone,
  hours: hours.map((day) => day.map(({ from, to }) => ({ from, to }))),
  holidays: holidays.map(({ date, name, yearly }) => ({ date, name, yearly })),
});

function refuseUnusable({ timeZone, hours, holidays }: StoredCalendar): void {
  if (timeZone !== null && !isTimeZone(timeZone)) {
    throw wrong(
      "unknown_time_zone",
      "/timeZone",
      `“${timeZone}” is not a time zone.`,
      "Write one such as Europe/Kyiv.",
    );
  }
  for (const [day, stretches] of hours.entries()) refuseDay(stretches, `/hours/${day}`);
  for (const [index, { date }] of holidays.entries()) {
    if (isDate(date)) continue;
    throw wrong("invalid_date", `/holidays/${index}/date`, `“${date}” is not a day.`, "Write it as 2026-12-25.");
  }
  try {
    addWorkingTime(Date.now(), { days: 1, ms: 0 }, { timeZone: timeZone ?? "UTC", hours, holidays });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw wrong("no_working_hours", "/hours", "Nobody ever works in this calendar.", "Give at least one day hours.");
  }
}

function refuseDay(stretches: StoredCalendar["hours"][number], pointer: string): void {
  let end = -1;
  for (const [index, { from, to }] of stretches.entries()) {
    const begins = timeOfDay(from);
    const ends = timeOfDay(to);
    if (Number.isNaN(begins) || Number.isNaN(ends)) {
      throw wrong("invalid_time", `${pointer}/${index}`, `“${from}” to “${to}” are not times of day.`, "Write 09:00.");
    }
    if (ends <= begins) {
      throw wrong("hours_reversed", `${pointer}/${index}`, `${from} to ${to} ends before it begins.`);
    }
    if (begins < end) {
      throw wrong("hours_overlap", `${pointer}/${index}`, `${from} to ${to} begins before ${hoursEnd(end)}.`);
    }
    end = ends;
  }
}

const hoursEnd = (time: number): string => new Date(time).toISOString().slice(11, 16);

const wrong = (code: string, pointer: string, message: string, hint?: string): Problem =>
  new Problem(422, code, message, { pointer, ...(hint === undefined ? {} : { hint }) });

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
