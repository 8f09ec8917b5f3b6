/** The list of flows as the pages show it: every flow with what waits, what runs, and the last seven days. */
import { parseActor, type Actor } from "../actor/actor.ts";
import type { Queryable } from "./queryable.ts";
import { iso, isoOrNull } from "./time.ts";

export interface FlowRow {
  readonly id: string;
  readonly name: string;
  /** Events that start it; of the draft while nothing is published. */
  readonly events: readonly string[];
  readonly liveVersion: number | null;
  readonly versionCount: number;
  readonly archived: boolean;
  /** Null: the draft is as the version that it comes from. */
  readonly draft: { readonly changes: number; readonly editedAt: string; readonly editedBy: Named } | null;
  /** Without those that wait for a repair. */
  readonly waiting: number;
  readonly running: number;
  /** Open ones. */
  readonly incidents: number;
  /** Runs that began, by day, the last one being the last 24 hours. */
  readonly week: readonly number[];
  readonly owner: { readonly id: string; readonly name: string } | null;
  readonly createdAt: string;
  readonly editedAt: string | null;
}

/** Who did a thing, with the name if it was a person. */
export interface Named extends Actor {
  readonly name: string | null;
}

interface Row {
  id: string;
  name: string;
  events: string[];
  live_version: number | null;
  version_count: number;
  archived: boolean;
  changes: number | null;
  edited_at: number | null;
  edited_by: string | null;
  editor: string | null;
  published_at: number | null;
  waiting: number;
  running: number;
  incidents: number;
  week: number[];
  owner: string | null;
  owner_name: string | null;
  created_at: number;
}

const DAY_MS = 86_400_000;
/** A process whose clock goes ahead or behind by less than this misses no run of the week. */
const SLACK_MS = 3_600_000;

/** All flows of the workspace, by name. */
export async function listFlowRows(
  database: Queryable,
  workspace: number,
  { archived }: { readonly archived: boolean },
): Promise<readonly FlowRow[]> {
  const result = await database.query<Row>(
    `with clock as materialized (select holdfast.now() as now),
     mine as materialized (
       select * from holdfast.flows where workspace = $1 and (archived_at is not null) = $2
     ),
     broken as materialized (
       select distinct run from holdfast.incidents where workspace = $1 and status = 'open'
     ),
     open as (
       select r.flow, count(*) filter (where r.status = 'waiting' and b.run is null)::int as waiting,
              count(*) filter (where r.status in ('queued', 'running') and b.run is null)::int as running
         from holdfast.runs r left join broken b on b.run = r.id
        where r.parent is null and r.finished_at is null and r.workspace = $1
        group by r.flow
     ),
     days as (
       select r.flow, (7 - ceil(extract(epoch from clock.now - r.started_at) / 86400))::int as day, count(*)::int as runs
         from clock, mine cross join lateral (
           select flow, started_at from holdfast.runs r
            where r.flow = mine.ref and r.parent is null and r.id >= $3
         ) r
        where r.started_at > clock.now - interval '7 days'
        group by 1, 2
     ),
     week as (select flow, json_object_agg(day, runs) as days from days group by flow),
     incident as (
       select r.flow, count(*)::int as incidents
         from holdfast.incidents i join holdfast.runs r on r.id = i.run
        where i.workspace = $1 and i.status = 'open' group by r.flow
     )
     select f.id, coalesce(v.name, d.name, f.id) as name,
            case when v.name is null then coalesce(d.events, '{}')
                 else array(select t.event from holdfast.event_triggers t where t.flow = f.ref order by t.event) end as events,
            f.live_version, coalesce(v.count, 0)::int as version_count, f.archived_at is not null as archived,
            d.changes, holdfast.ms(d.edited_at) as edited_at, d.edited_by, editor.name as editor,
            holdfast.ms(v.published_at) as published_at,
            coalesce(open.waiting, 0) as waiting, coalesce(open.running, 0) as running,
            coalesce(incident.incidents, 0) as incidents,
            array(select coalesce((week.days ->> day::text)::int, 0) from generate_series(0, 6) day order by day) as week,
            f.owner, owner.name as owner_name, holdfast.ms(f.created_at) as created_at
       from mine f
       left join lateral (
         select name, published_at, count(*) over () as count from holdfast.flow_versions where flow = f.ref
          order by version = f.live_version desc nulls last, version desc limit 1
       ) v on true
       left join holdfast.flow_drafts d on d.flow = f.ref
       left join holdfast.people owner on owner.id = f.owner
       left join holdfast.people editor on 'person:' || editor.id = d.edited_by
       left join open on open.flow = f.ref
       left join week on week.flow = f.ref
       left join incident on incident.flow = f.ref
      order by lower(coalesce(v.name, d.name, f.id)), f.id`,
    [workspace, archived, uuidFloor(Date.now() - 7 * DAY_MS - SLACK_MS)],
  );
  return result.rows.map(flowRow);
}

/** An id below all that were made from then on. The time of an id never goes ahead, so moved clocks lose no run. */
export const uuidFloor = (ms: number): string => `${uuid7Prefix(ms)}-7000-8000-000000000000`;

const uuid7Prefix = (ms: number): string => {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}`;
};

function flowRow(row: Row): FlowRow {
  const { changes, edited_at: editedAt, edited_by: editedBy } = row;
  const edited = Math.max(editedAt ?? 0, row.published_at ?? 0);
  return {
    id: row.id,
    name: row.name,
    events: row.events,
    liveVersion: row.live_version,
    versionCount: row.version_count,
    archived: row.archived,
    draft:
      changes === null || changes === 0 || editedAt === null || editedBy === null
        ? null
        : { changes, editedAt: iso(editedAt), editedBy: { ...parseActor(editedBy), name: row.editor } },
    waiting: row.waiting,
    running: row.running,
    incidents: row.incidents,
    week: row.week,
    owner: row.owner === null ? null : { id: row.owner, name: row.owner_name ?? "" },
    createdAt: iso(row.created_at),
    editedAt: isoOrNull(edited === 0 ? null : edited),
  };
}
