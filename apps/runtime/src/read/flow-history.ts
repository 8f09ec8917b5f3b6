/** The versions of a flow, with what people want to know before they roll back. */
import type { JsonObject, NodeManifest } from "@holdfast/dsl";
import { parseActor } from "../actor/actor.ts";
import { parseDocument } from "./document.ts";
import type { Named } from "./flow-rows.ts";
import type { Queryable } from "./queryable.ts";
import { iso } from "./time.ts";

export interface FlowHistoryVersion {
  readonly version: number;
  readonly name: string;
  readonly hash: string;
  readonly live: boolean;
  readonly publishedAt: string;
  readonly publishedBy: Named;
  /** What its publisher said about it. */
  readonly note: string | null;
  /** What it changed about the version that was live before it: one sentence each. */
  readonly summary: readonly string[];
  /** Runs on it that are not over. */
  readonly waitingRuns: number;
}

interface Row {
  version: number;
  name: string;
  hash: string;
  live: boolean;
  published_at: number;
  published_by: string;
  publisher: string | null;
  note: string | null;
  summary: string[] | null;
  waiting_runs: number;
}

/** The newest first. Undefined: there is no such flow. */
export async function flowHistory(
  database: Queryable,
  workspace: number,
  id: string,
): Promise<readonly FlowHistoryVersion[] | undefined> {
  const flow = await database.query<{ ref: number }>(
    "select ref from holdfast.flows where workspace = $1 and id = $2",
    [workspace, id],
  );
  const ref = flow.rows[0]?.ref;
  if (ref === undefined) return undefined;
  const result = await database.query<Row>(
    `select v.version, v.name, v.hash, v.version is not distinct from f.live_version as live,
            holdfast.ms(v.published_at) as published_at, v.published_by, p.name as publisher, v.note, v.summary,
            (select count(*)::int from holdfast.runs r
              where r.flow_version = v.ref and r.parent is null and r.finished_at is null) as waiting_runs
       from holdfast.flow_versions v join holdfast.flows f on f.ref = v.flow
       left join holdfast.people p on 'person:' || p.id = v.published_by
      where v.flow = $1 order by v.version desc`,
    [ref],
  );
  return result.rows.map((row) => ({
    version: row.version,
    name: row.name,
    hash: row.hash,
    live: row.live,
    publishedAt: iso(row.published_at),
    publishedBy: { ...parseActor(row.published_by), name: row.publisher },
    note: row.note,
    summary: row.summary ?? [],
    waitingRuns: row.waiting_runs,
  }));
}

export interface VersionDocument {
  readonly version: number;
  readonly hash: string;
  readonly publishedAt: string;
  readonly by: Named;
  readonly document: JsonObject;
  /** Of the node types it uses, as they were when it was published. */
  readonly manifests: readonly NodeManifest[];
}

/** @param version Null: the live one. */
export async function findVersionDocument(
  database: Queryable,
  workspace: number,
  id: string,
  version: number | null,
): Promise<VersionDocument | undefined> {
  const result = await database.query<{
    version: number;
    hash: string;
    published_at: number;
    published_by: string;
    publisher: string | null;
    document: string;
    manifests: Readonly<Record<string, NodeManifest>>;
  }>(
    `select v.version, v.hash, holdfast.ms(v.published_at) as published_at, v.published_by, p.name as publisher,
            v.document, v.manifests
       from holdfast.flow_versions v join holdfast.flows f on f.ref = v.flow
       left join holdfast.people p on 'person:' || p.id = v.published_by
      where f.workspace = $1 and f.id = $2 and v.version = coalesce($3, f.live_version)`,
    [workspace, id, version],
  );
  const [row] = result.rows;
  if (row === undefined) return undefined;
  return {
    version: row.version,
    hash: row.hash,
    publishedAt: iso(row.published_at),
    by: { ...parseActor(row.published_by), name: row.publisher },
    document: parseDocument(row.document),
    manifests: Object.values(row.manifests),
  };
}

export interface FlowCounts {
  readonly waiting: number;
  readonly running: number;
  readonly incidents: number;
}

export interface FlowHead {
  readonly ref: number;
  readonly archived: boolean;
  readonly createdAt: string;
  readonly counts: FlowCounts;
}

export async function findFlowHead(database: Queryable, workspace: number, id: string): Promise<FlowHead | undefined> {
  const result = await database.query<FlowCounts & { ref: number; archived: boolean; created_at: number }>(
    `select f.ref, f.archived_at is not null as archived, holdfast.ms(f.created_at) as created_at, r.waiting, r.running,
            (select count(*)::int from holdfast.incidents i join holdfast.runs r on r.id = i.run
              where i.workspace = $1 and i.status = 'open' and r.flow = f.ref) as incidents
       from holdfast.flows f
       cross join lateral (
         select count(*) filter (where r.status = 'waiting')::int as waiting,
                count(*) filter (where r.status in ('queued', 'running'))::int as running
           from holdfast.flow_versions v
           join holdfast.runs r on r.flow_version = v.ref and r.parent is null and r.finished_at is null
          where v.flow = f.ref
       ) r
      where f.workspace = $1 and f.id = $2`,
    [workspace, id],
  );
  const [row] = result.rows;
  if (row === undefined) return undefined;
  const { ref, archived, created_at: createdAt, ...counts } = row;
  return { ref, archived, createdAt: iso(createdAt), counts };
}
