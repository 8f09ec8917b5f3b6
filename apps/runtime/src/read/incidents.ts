/** Incidents: what waits for a person to repair it. */
import type { JsonObject, StepError } from "@holdfast/dsl";
import { parseActor } from "../actor/actor.ts";
import { isUuid } from "../ids/uuid7.ts";
import { idCursor, pageOf, type Page, type PageRequest } from "./cursor.ts";
import type { IncidentView } from "./incident-view.ts";
import type { Queryable } from "./queryable.ts";
import { iso, isoOrNull } from "./time.ts";

interface IncidentRow {
  id: string;
  run: string;
  flow: string;
  node: string;
  kind: IncidentView["kind"];
  of: IncidentView["of"];
  attempt: number;
  key: string | null;
  error: StepError;
  status: IncidentView["status"];
  opened_at: number;
  closed_at: number | null;
  resolution: JsonObject | null;
  actor: string | null;
}

const COLUMNS = `
  i.id, i.run, f.id as flow, i.node, i.kind, i.of, i.attempt, i.key, i.error, i.status,
         holdfast.ms(i.opened_at) as opened_at, holdfast.ms(i.closed_at) as closed_at, i.resolution, i.actor`;

const FROM = `
    from holdfast.incidents i
    join holdfast.runs r on r.id = i.run
    join holdfast.flows f on f.ref = r.flow`;

const SELECT = `select ${COLUMNS} ${FROM}`;

const view = (row: IncidentRow): IncidentView => ({
  id: row.id,
  runId: row.run,
  flow: row.flow,
  node: row.node,
  kind: row.kind,
  of: row.of,
  attempt: row.attempt,
  key: row.key,
  error: { ...row.error },
  status: row.status,
  openedAt: iso(row.opened_at),
  closedAt: isoOrNull(row.closed_at),
  resolution: row.resolution,
  resolvedBy: row.actor === null ? null : parseActor(row.actor),
});

export interface IncidentFilter {
  readonly status?: IncidentView["status"] | undefined;
  readonly run?: string | undefined;
}

/** The oldest first. */
export async function listIncidents(
  database: Queryable,
  workspace: number,
  filter: IncidentFilter,
  page: PageRequest,
): Promise<Page<IncidentView>> {
  if (filter.run !== undefined && !isUuid(filter.run)) return { items: [], nextCursor: null };
  const result = await database.query<IncidentRow>(
    `${SELECT}
      where i.workspace = $1
        and ($2::uuid is null or i.id > $2)
        and ($3::text is null or i.status = $3)
        and ($4::uuid is null or i.run = $4)
      order by i.id limit $5`,
    [workspace, idCursor(page), filter.status ?? null, filter.run ?? null, page.limit + 1],
  );
  return pageOf(result.rows, page.limit, view, (row) => row.id);
}

export async function findIncident(
  database: Queryable,
  workspace: number,
  id: string,
): Promise<IncidentView | undefined> {
  if (!isUuid(id)) return undefined;
  const result = await database.query<IncidentRow>(`${SELECT} where i.workspace = $1 and i.id = $2`, [workspace, id]);
  const row = result.rows[0];
  return row === undefined ? undefined : view(row);
}

/** All of a run, the oldest first. */
export async function incidentsOfRun(
  database: Queryable,
  workspace: number,
  run: string,
): Promise<readonly IncidentView[]> {
  const result = await database.query<IncidentRow>(`${SELECT} where i.workspace = $1 and i.run = $2 order by i.id`, [
    workspace,
    run,
  ]);
  return result.rows.map(view);
}

/** Open ones, the oldest first, with the version their run is on, and how many there are in all. */
export async function openIncidents(
  database: Queryable,
  workspace: number,
  limit: number,
): Promise<{ readonly items: readonly (IncidentView & { readonly versionRef: number })[]; readonly total: number }> {
  const result = await database.query<IncidentRow & { version_ref: number; total: number }>(
    `select ${COLUMNS}, r.flow_version as version_ref, (count(*) over ())::int as total ${FROM}
      where i.workspace = $1 and i.status = 'open' order by i.id limit $2`,
    [workspace, limit],
  );
  return {
    items: result.rows.map((row) => ({ ...view(row), versionRef: row.version_ref })),
    total: result.rows[0]?.total ?? 0,
  };
}
