/** The list of events as the pages show it: each with what it did. */
import type { Json } from "@holdfast/dsl";
import { parseActor } from "../actor/actor.ts";
import { idCursor, pageOf, type Page, type PageRequest } from "./cursor.ts";
import type { EventSummary, EventView } from "./event-view.ts";
import type { Queryable } from "./queryable.ts";
import { iso } from "./time.ts";

export interface EventRow extends EventSummary {
  /** If it was a person who sent it. */
  readonly actorName: string | null;
  /** Null: it is too large for a list. */
  readonly data: Json;
  readonly started: EventView["started"];
  readonly resolved: EventView["resolved"];
  readonly refused: EventView["refused"];
}

interface Row {
  id: string;
  name: string;
  external_id: string | null;
  actor: string;
  via: string;
  accepted_at: number;
  actor_name: string | null;
  data: Json;
  started: EventView["started"];
  resolved: EventView["resolved"];
  refusals: EventView["refused"] | null;
}

export interface EventRowFilter {
  readonly name?: string | undefined;
  /** Text in the name, the sender's id or the data. */
  readonly q?: string | undefined;
  /** `nothing`: it started and resolved nothing. `refused`: something did not take it. */
  readonly did?: "something" | "nothing" | "refused" | undefined;
}

/** A search reads at most so many events, the newest first. */
const SEARCH_DEPTH = 10_000;
const LARGEST_DATA = 4_096;

/** The newest first. */
export async function listEventRows(
  database: Queryable,
  workspace: number,
  { name, q, did }: EventRowFilter,
  page: PageRequest,
): Promise<Page<EventRow>> {
  const result = await database.query<Row>(
    `select e.id, e.name, e.external_id, e.actor, e.via, holdfast.ms(e.accepted_at) as accepted_at,
            (select p.name from holdfast.people p where 'person:' || p.id = e.actor) as actor_name,
            case when octet_length(e.data::text) <= ${LARGEST_DATA} then e.data end as data, e.refusals,
            array(select json_build_object('runId', r.id, 'flow', f.id)
                    from holdfast.runs r join holdfast.flows f on f.ref = r.flow
                   where r.trigger_event = e.id and r.parent is null order by r.id) as started,
            array(select json_build_object('runId', w.run, 'waitId', w.id, 'node', w.node)
                    from holdfast.waits w where w.event = e.id order by w.id) as resolved
       from (
         select * from (
           select * from holdfast.events
            where workspace = $1 and ($2::uuid is null or id < $2) and ($3::text is null or name = $3)
            order by id desc limit case when $4::text is null and $6::text is null then $5::int else ${SEARCH_DEPTH} end
         ) e
          where ($4::text is null or e.name ilike $4 or e.external_id ilike $4 or e.data::text ilike $4)
            and ($6::text is null or case $6
              when 'refused' then jsonb_array_length(coalesce(e.refusals, '[]')) > 0
              else ($6 = 'something') = (
                exists (select from holdfast.runs r where r.trigger_event = e.id and r.parent is null)
                or exists (select from holdfast.waits w where w.event = e.id)) end)
          order by e.id desc limit $5
       ) e order by e.id desc`,
    [
      workspace,
      idCursor(page),
      name ?? null,
      q === undefined ? null : `%${q.replaceAll(/[\\%_]/g, "\\$&")}%`,
      page.limit + 1,
      did ?? null,
    ],
  );
  return pageOf(
    result.rows,
    page.limit,
    ({
      external_id: externalId,
      actor,
      actor_name: actorName,
      accepted_at: acceptedAt,
      refusals,
      ...row
    }): EventRow => ({
      ...row,
      actorName,
      externalId,
      actor: parseActor(actor),
      acceptedAt: iso(acceptedAt),
      refused: refusals ?? [],
    }),
    (row) => row.id,
  );
}

export interface KnownEvent {
  readonly name: string;
  /** When one was last accepted. Null: none was, but a flow knows it. */
  readonly lastAt: string | null;
  /** Data of the last one, to begin a new one with. */
  readonly sample: Json;
}

/** Names of events that came lately or that start a live flow: to choose from. */
export async function knownEvents(database: Queryable, workspace: number): Promise<readonly KnownEvent[]> {
  const result = await database.query<{ name: string; last_at: number | null; sample: Json }>(
    `with newest as (
       select name, accepted_at, case when octet_length(data::text) <= ${LARGEST_DATA} then data end as data
         from holdfast.events where workspace = $1 order by id desc limit 2000
     ),
     seen as (select distinct on (name) name, accepted_at, data from newest order by name, accepted_at desc)
     select coalesce(seen.name, t.event) as name, holdfast.ms(seen.accepted_at) as last_at, seen.data as sample
       from seen full join (select distinct event from holdfast.event_triggers where workspace = $1) t on t.event = seen.name
      order by 1`,
    [workspace],
  );
  return result.rows.map((row) => ({
    name: row.name,
    lastAt: row.last_at === null ? null : iso(row.last_at),
    sample: row.sample,
  }));
}
