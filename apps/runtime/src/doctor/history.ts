/** How long history is kept, what it takes, and what keeps it from being forgotten. */
import type { Queryable } from "../read/queryable.ts";
import { ok, warning, type Finding } from "./finding.ts";

interface Figures {
  /** Seconds, of each process that lives; null: for ever. */
  readonly keeps: readonly (number | null)[];
  readonly size: string;
  /** The oldest run that is kept. */
  readonly run: string | null;
  readonly status: string | null;
  readonly started: string | null;
  /** Seconds since its start. */
  readonly age: number | null;
  /** The longest that a run ago has ended which is kept, seconds, of the oldest thousand. */
  readonly ended: number | null;
}

const DAY = 24 * 60 * 60;
/** Forgetting is done once an hour. */
const BEHIND_SECONDS = DAY;

export async function examineHistory(database: Queryable): Promise<readonly Finding[]> {
  const { rows } = await database.query<Figures>(
    `with oldest as (
       select id, status, started_at, finished_at, parent from holdfast.runs order by id limit 1000
     ), first as (select * from oldest order by id limit 1)
     select array(select distinct extract(epoch from keeps)::float8 from holdfast.workers
                   where stopped_at is null and seen_at > clock_timestamp() - interval '30 seconds' order by 1) as keeps,
            pg_size_pretty(pg_database_size(current_database())) as size,
            (select id::text from first) as run, (select status from first) as status,
            (select to_char(started_at at time zone 'UTC', 'YYYY-MM-DD') from first) as started,
            (select extract(epoch from holdfast.now() - started_at)::float8 from first) as age,
            (select extract(epoch from holdfast.now() - min(finished_at))::float8 from oldest where parent is null) as ended`,
  );
  const [figures] = rows;
  if (figures === undefined) return [];
  const { keeps, size } = figures;
  const times = keeps.map((seconds) => (seconds === null ? "for ever" : days(seconds)));
  if (keeps.length > 1) {
    return [
      warning(
        "history",
        `processes keep it for different times (${times.join(", ")}), and the shortest wins`,
        "give all of them the same HOLDFAST_KEEP_HISTORY",
      ),
    ];
  }
  const [keep = null] = keeps;
  if (keep === null) return [ok("history", `kept for ever; the database takes ${size}`)];
  if ((figures.ended ?? 0) > keep + BEHIND_SECONDS) {
    return [
      warning(
        "history",
        `it is to be kept for ${days(keep)}, but a run that ended ${days(figures.ended ?? 0)} ago is still there`,
        "look into the processes' logs for the pump history",
      ),
    ];
  }
  return [ok("history", `kept for ${days(keep)}; the database takes ${size}${heldBy(figures, keep)}`)];
}

/** An open run keeps every event that is younger than it. */
const heldBy = ({ run, status, started, age }: Figures, keep: number): string =>
  (age ?? 0) <= keep + BEHIND_SECONDS
    ? ""
    : `; events since ${started} are kept longer, because of run ${run}, which began then and is ${status}`;

const days = (seconds: number): string => {
  const count = Math.floor(seconds / DAY);
  return count === 1 ? "1 day" : `${count} days`;
};
