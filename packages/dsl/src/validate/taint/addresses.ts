/** Addresses of services in params, and whether the document itself says whose they are. */
import type { NodeManifest } from "../../contract/manifest.ts";
import { isJsonObject } from "../../document/json-field.ts";
import type { Json, JsonObject } from "../../json.ts";
import { walkParams } from "../param-walk.ts";

export interface Address {
  readonly value: Json;
  /** Nothing that is inserted can lead to another host. */
  readonly fixed: boolean;
}

export function addressesIn(manifest: NodeManifest, params: JsonObject): readonly Address[] {
  return [...walkParams(manifest.params, params)].flatMap(({ value, schema }) =>
    isJsonObject(schema) && schema["x-address"] === true ? [{ value, fixed: isFixed(value) }] : [],
  );
}

/** The host stands there in full: after it comes its end, or a character that ends it before anything is inserted. */
function isFixed(value: Json): boolean {
  if (typeof value !== "string" || !value.includes("{{")) return true;
  return /^\s*[a-z][a-z0-9+.-]*:\/\/[^/?#{}@\s]+[/?#]/i.test(value);
}
