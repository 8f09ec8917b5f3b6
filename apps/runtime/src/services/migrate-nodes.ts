/** What becomes of nodes that are to use the newest version of their type: shown before anything is changed. */
import type { JsonObject, NodeManifest } from "@holdfast/dsl";
import { migrateParams } from "@holdfast/nodes/executors";
import type { NodeTypes } from "../host/node-registry.ts";
import { Problem } from "../problem/problem.ts";

export interface NodesToMigrate {
  readonly type: string;
  /** The version that the flow uses. */
  readonly from: number;
  /** As the document has them, by where they stand. */
  readonly params: { readonly [pointer: string]: JsonObject };
}

export interface MigratedNodes {
  /** The newest version. */
  readonly version: number;
  readonly params: { readonly [pointer: string]: JsonObject };
}

/** Runs the node type's own code, over params alone. @throws Problem `unknown_node_type`, `no_newer_version`, `migration_failed` */
export function migrateNodes(registry: NodeTypes, { type, from, params }: NodesToMigrate): MigratedNodes {
  const { version } = newest(registry, type, from);
  const migrations = registry.migrations(type);
  const migrated = Object.entries(params).map(([pointer, before]): [string, JsonObject] => {
    try {
      return [pointer, migrateParams(migrations, { from, to: version }, before)];
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Problem(422, "migration_failed", `“${type}” can't take the params of version ${from}: ${why}`, {
        pointer,
        hint: `Use version ${version} by hand: change the params, or place the node anew`,
        details: { type, from, to: version },
      });
    }
  });
  return { version, params: Object.fromEntries(migrated) };
}

function newest(registry: NodeTypes, type: string, from: number): NodeManifest {
  const manifest = registry.manifests.get(type);
  if (manifest === undefined) {
    throw new Problem(404, "unknown_node_type", `There is no node type “${type}”.`, { pointer: "/type" });
  }
  if (manifest.version <= from) {
    throw new Problem(409, "no_newer_version", `Version ${manifest.version} of “${type}” is the newest.`, {
      pointer: "/from",
    });
  }
  return manifest;
}
