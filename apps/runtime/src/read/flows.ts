/** Flows and their published versions. */
import { parseActor } from "../actor/actor.ts";
import { pageOf, textCursor, type Page, type PageRequest } from "./cursor.ts";
import type { FlowSummary, FlowVersionDocumentView, FlowVersionView, FlowView } from "./flow-view.ts";
import { parseDocument } from "./document.ts";
import type { Queryable } from "./queryable.ts";
import { iso } from "./time.ts";

interface FlowRow {
  ref: number;
  id: string;
  name: string;
  live_version: number | null;
  version_count: number;
  events: string[];
  published_at: number;
}

// The live version, else the newest, stands for the flow.
const SELECT = `
  select f.ref, f.id, v.name, f.live_version, v.version_count,
         array(select t.event from holdfast.event_triggers t where t.flow = f.ref order by t.event) as events,
         holdfast.ms(v.published_at) as published_at
    from holdfast.flows f
    join lateral (
      select name, published_at, (count(*) over ())::int as version_count
        from holdfast.flow_versions where flow = f.ref
       order by version = f.live_version desc nulls last, version desc limit 1
    ) v on true`;

const summary = (row: FlowRow): FlowSummary => ({
  id: row.id,
  name: row.name,
  liveVersion: row.live_version,
  versionCount: row.version_count,
  events: row.events,
  publishedAt: iso(row.published_at),
});

/** By id. */
export async function listFlows(database: Queryable, workspace: number, page: PageRequest): Promise<Page<FlowSummary>> {
  const result = await database.query<FlowRow>(
    `${SELECT} where f.workspace = $1 and ($2::text is null or f.id > $2) order by f.id limit $3`,
    [workspace, textCursor(page), page.limit + 1],
  );
  return pageOf(result.rows, page.limit, summary, (row) => row.id);
}

interface VersionRow {
  version: number;
  name: string;
  hash: string;
  live: boolean;
  published_at: number;
  published_by: string;
}

const VERSION = `
  v.version, v.name, v.hash, v.version is not distinct from f.live_version as live,
  holdfast.ms(v.published_at) as published_at, v.published_by`;

const versionView = (flow: string, row: VersionRow): FlowVersionView => ({
  id: `${flow}@${row.version}`,
  version: row.version,
  name: row.name,
  hash: row.hash,
  live: row.live,
  publishedAt: iso(row.published_at),
  publishedBy: parseActor(row.published_by),
});

export async function findFlow(database: Queryable, workspace: number, id: string): Promise<FlowView | undefined> {
  const found = await database.query<FlowRow>(`${SELECT} where f.workspace = $1 and f.id = $2`, [workspace, id]);
  const row = found.rows[0];
  if (row === undefined) return undefined;
  const result = await database.query<VersionRow>(
    `select ${VERSION} from holdfast.flow_versions v join holdfast.flows f on f.ref = v.flow
      where f.ref = $1 order by v.version desc`,
    [row.ref],
  );
  const versions = result.rows.map((version) => versionView(id, version));
  const shown = row.live_version ?? versions[0]?.version;
  const version = shown === undefined ? undefined : await findFlowVersion(database, workspace, id, shown);
  return version === undefined ? undefined : { ...summary(row), versions, document: version.document };
}

export async function findFlowVersion(
  database: Queryable,
  workspace: number,
  id: string,
  version: number,
): Promise<FlowVersionDocumentView | undefined> {
  const result = await database.query<VersionRow & { document: string }>(
    `select ${VERSION}, v.document
       from holdfast.flow_versions v join holdfast.flows f on f.ref = v.flow
      where f.workspace = $1 and f.id = $2 and v.version = $3`,
    [workspace, id, version],
  );
  const row = result.rows[0];
  if (row === undefined) return undefined;
  const document = parseDocument(row.document);
  return { ...versionView(id, row), flow: id, document };
}
