/** From params of an older version of a node type to those of a newer one. */
import { isJsonObject, type JsonObject, type Migrations } from "@holdfast/dsl";
import { isJson } from "./json.ts";

/** @throws whatever a migration throws, and TypeError when one gives no params */
export function migrateParams(
  migrations: Migrations | undefined,
  { from, to }: { readonly from: number; readonly to: number },
  params: JsonObject,
): JsonObject {
  let migrated = params;
  for (let version = from; version < to; version += 1) {
    const migrate = migrations?.[version];
    if (migrate === undefined) continue;
    const next: unknown = migrate(structuredClone(migrated));
    if (!isJson(next) || !isJsonObject(next)) {
      throw new TypeError(`The migration of version ${version} does not give params.`);
    }
    migrated = next;
  }
  return migrated;
}
