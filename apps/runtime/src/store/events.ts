/**
 * Events and the two looks. An event is committed, and only then, in a new statement, open waits are looked for; a
 * wait is committed, and only then it looks back. So whoever comes second sees the first, without a lock: an
 * advisory lock inside the statement that reads would not help, its snapshot is older than the lock.
 */
import type pg from "pg";
import type { Json } from "@holdfast/dsl";
import { OPEN_WAIT, type OpenWait } from "./waits.ts";

export interface StoredEvent {
  readonly id: string;
  readonly workspace: number;
  readonly name: string;
  readonly data: Json;
  readonly actor: string;
  readonly acceptedAt: number;
}

export interface IncomingEvent {
  readonly id: string;
  readonly name: string;
  readonly data: Json;
  readonly externalId: string | undefined;
}

const EVENT = `e.id, e.workspace, e.name, e.data, e.actor, holdfast.ms(e.accepted_at) as "acceptedAt"`;

/**
 * Stores events with their keys. An event whose external id is known is left out of the answer.
 */
export async function insertEvents(
  database: pg.Pool,
  events: readonly IncomingEvent[],
  by: { workspace: number; actor: string; via: string; workerId: number },
): Promise<readonly StoredEvent[]> {
  const rows = events.map((event) => ({ id: event.id, n: event.name, d: event.data, x: event.externalId ?? null }));
  const result = await database.query<StoredEvent>({
    name: "holdfast_insert_events",
    text: `
      with e as (
        insert into holdfast.events (id, workspace, name, data, external_id, actor, via, accepted_at, accepted_by)
        select x.id, $2, x.n, x.d, x.x, $3, $4, now.at, $5
        from (select holdfast.now() as at offset 0) now, json_to_recordset($1::json) as x(id uuid, n text, d jsonb, x text)
        on conflict do nothing
        returning id, workspace, name, data, actor, accepted_at
      ), keys as (
        insert into holdfast.event_keys (key, event)
        select k.key, e.id
        from e join holdfast.match_shapes m on m.workspace = e.workspace and m.event = e.name
        cross join lateral (select holdfast.event_key(e.workspace, e.name, m.paths, holdfast.values_at(e.data, m.paths)) as key) k
        where k.key is not null
        on conflict do nothing
      )
      select ${EVENT} from e order by e.id`,
    values: [JSON.stringify(rows), by.workspace, by.actor, by.via, by.workerId],
  });
  return result.rows;
}

/** Ids of events by the sender's ids. */
export async function eventIdsByExternalId(
  database: pg.Pool,
  workspace: number,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const result = await database.query<{ external_id: string; id: string }>({
    text: "select external_id, id from holdfast.events where workspace = $1 and external_id = any($2::text[])",
    values: [workspace, externalIds],
  });
  return new Map(result.rows.map((row) => [row.external_id, row.id]));
}

export interface EventMatches {
  readonly event: StoredEvent;
  /** Open waits with a key of the event: candidates, still to be compared value by value. */
  readonly waits: readonly OpenWait[];
  /** Live versions with a trigger for it that it has not started yet. */
  readonly triggers: readonly { readonly flow: number; readonly flowVersion: number }[];
}

/** First look: what waits for these events, and what they start. */
export async function lookForWaits(database: pg.Pool, events: readonly string[]): Promise<readonly EventMatches[]> {
  const result = await database.query<StoredEvent & Pick<EventMatches, "waits" | "triggers">>({
    name: "holdfast_look_for_waits",
    text: `
      select ${EVENT},
        coalesce((
          select json_agg(m) from (
            select ${OPEN_WAIT}
            from (
              select distinct holdfast.event_key(e.workspace, e.name, s.paths, holdfast.values_at(e.data, s.paths)) as key
              from holdfast.match_shapes s where s.workspace = e.workspace and s.event = e.name
            ) k
            join holdfast.wait_keys wk on wk.key = k.key
            join holdfast.waits w on w.id = wk.wait and w.status = 'open'
            order by w.id
          ) m), '[]') as waits,
        coalesce((
          select json_agg(json_build_object('flow', f.ref, 'flowVersion', v.ref))
          from holdfast.event_triggers t
          join holdfast.flows f on f.ref = t.flow
          join holdfast.flow_versions v on v.flow = f.ref and v.version = f.live_version
          where t.workspace = e.workspace and t.event = e.name
            and not exists (select from holdfast.runs r where r.trigger_event = e.id and r.flow = f.ref and r.parent is null)
        ), '[]') as triggers
      from holdfast.events e where e.id = any($1::uuid[]) order by e.id`,
    values: [events],
  });
  return result.rows.map(({ waits, triggers, ...event }) => ({ event, waits, triggers }));
}

/** Second look: events accepted before the wait opened that it may have been waiting for, first accepted first. */
export async function lookBack(database: pg.Pool, wait: string): Promise<readonly StoredEvent[]> {
  const result = await database.query<StoredEvent>({
    name: "holdfast_look_back",
    text: `
      select distinct ${EVENT}, e.accepted_at
      from holdfast.waits w
      join holdfast.wait_keys k on k.wait = w.id
      join holdfast.event_keys ek on ek.key = k.key
      join holdfast.events e on e.id = ek.event
      where w.id = $1 and w.status = 'open' and e.accepted_at >= w.look_from
        and (w.deadline is null or e.accepted_at < w.deadline)
        and not exists (select from holdfast.waits o where o.event = e.id and o.run = w.run)
        and not exists (
          select from holdfast.tasks t join holdfast.task_decisions d on d.task = t.id
          where t.run = w.run and d.event = e.id)
      order by e.accepted_at, e.id
      limit 1000`,
    values: [wait],
  });
  return result.rows;
}

/** Events that a process accepted and may not have finished to look for. */
export async function eventsAcceptedBy(database: pg.Pool, worker: number): Promise<readonly string[]> {
  const result = await database.query<{ id: string }>({
    text: `
      select e.id from holdfast.events e join holdfast.workers k on k.id = e.accepted_by
      where e.accepted_by = $1 and e.accepted_at >= k.looks_from
      order by e.id`,
    values: [worker],
  });
  return result.rows.map((row) => row.id);
}

export interface Refusal {
  readonly flow?: string;
  readonly wait?: string;
  readonly code: string;
  readonly pointer: string;
  readonly message: string;
}

/** Writes down what an event was refused by. Telling the same twice leaves one. */
export async function recordRefusals(database: pg.Pool, event: string, refusals: readonly Refusal[]): Promise<void> {
  if (refusals.length === 0) return;
  await database.query({
    name: "holdfast_record_refusals",
    text: `
      update holdfast.events set refusals = (
        select jsonb_agg(distinct x) from jsonb_array_elements(coalesce(refusals, '[]') || $2::jsonb) x
      ) where id = $1`,
    values: [event, JSON.stringify(refusals)],
  });
}
