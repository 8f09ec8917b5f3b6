/**
 * Flow versions as the host runs them.
 */
import type pg from "pg";
import type { NodeManifest } from "@holdfast/dsl";

export interface StoredVersion {
  readonly ref: number;
  readonly flowRef: number;
  readonly workspace: number;
  readonly flow: string;
  readonly version: number;
  readonly hash: string;
  readonly document: string;
  /** By type, as they were when it was published. */
  readonly manifests: { readonly [type: string]: NodeManifest };
}

const VERSION = `v.ref, f.ref as "flowRef", f.workspace, f.id as flow, v.version, v.hash, v.document, v.manifests`;

export async function versionByRef(database: pg.Pool, ref: number): Promise<StoredVersion | undefined> {
  const result = await database.query<StoredVersion>({
    name: "holdfast_version_by_ref",
    text: `select ${VERSION} from holdfast.flow_versions v join holdfast.flows f on f.ref = v.flow where v.ref = $1`,
    values: [ref],
  });
  return result.rows[0];
}

/** `version` null: the live one. */
export async function findVersion(
  database: pg.Pool | pg.PoolClient,
  workspace: number,
  flow: string,
  version: number | null,
): Promise<{ readonly ref: number } | undefined> {
  const result = await database.query<{ ref: number }>({
    name: "holdfast_find_version",
    text: `select v.ref from holdfast.flows f join holdfast.flow_versions v on v.flow = f.ref
      and v.version = coalesce($3::int, f.live_version)
      where f.workspace = $1 and f.id = $2`,
    values: [workspace, flow, version],
  });
  return result.rows[0];
}
