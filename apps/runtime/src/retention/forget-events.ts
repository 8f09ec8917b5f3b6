/**
 * Forgets events that nobody can look back to any more. A wait looks back as far as the acceptance of what triggered
 * its run; so an event stays as long as there is a run that is older than it, open or ended.
 */
import type pg from "pg";

const EVENTS_AT_A_TIME = 1_000;
/** Ids are in the order of acceptance but for what the clocks of processes differ by: so far it is looked ahead. */
const LOOK_AHEAD = 1_000;

/**
 * One batch, in one statement.
 * @param keepMs Milliseconds since an event was accepted, by the clock that may be moved.
 * @returns How many were forgotten. Fewer than a batch: there are no more.
 */
export async function forgetEvents(database: pg.Pool, keepMs: number): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    // The keys of an event are computed again: an index that finds them by the event would cost every event something.
    `with ahead as materialized (
       select e.id, e.accepted_at, row_number() over (order by e.id) as place,
              exists (select from holdfast.runs r where r.trigger_event = e.id and r.parent is null)
                -- Its process died before its looks had ended: somebody finishes them, and they may start a run.
                or exists (select from holdfast.workers w
                            where w.id = e.accepted_by and w.stopped_at is null and w.looks_from <= e.accepted_at)
                as needed
         from (select id, accepted_at, accepted_by from holdfast.events order by id limit $2::int + $3::int) e
     ), kept as materialized (
       select least(
         holdfast.now() - $1::interval,
         (select min(r.started_at) from (select started_at from holdfast.runs order by id limit $3::int) r),
         (select min(accepted_at) from ahead where needed)
       ) as since
     ), gone as (
       delete from holdfast.events
        where id = any(array(select a.id from ahead a, kept where a.place <= $2::int and a.accepted_at < kept.since))
       returning id, workspace, name, data
     ), keys as (
       delete from holdfast.event_keys k
        using gone g
        join holdfast.match_shapes m on m.workspace = g.workspace and m.event = g.name
        where k.key = holdfast.event_key(g.workspace, g.name, m.paths, holdfast.values_at(g.data, m.paths))
          and k.event = g.id
     )
     select count(*)::int as count from gone`,
    [`${keepMs} milliseconds`, EVENTS_AT_A_TIME, LOOK_AHEAD],
  );
  return rows[0]?.count ?? 0;
}

/** Whether there may be more after a batch of so many. */
export const mayHaveMoreEvents = (count: number): boolean => count === EVENTS_AT_A_TIME;
