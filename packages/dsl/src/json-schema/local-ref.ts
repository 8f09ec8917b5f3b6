import { valueAt } from "../document/pointer.ts";
import type { Json, JsonSchema } from "../json.ts";

/** What a local `$ref` (`#`, `#/$defs/name`) points at; undefined if nothing, or if it points elsewhere. */
export function resolveLocal(reference: string, root: JsonSchema): Json | undefined {
  if (reference === "#") return root;
  if (!reference.startsWith("#/")) return undefined;
  try {
    return valueAt(root, decodeURIComponent(reference.slice(1)));
  } catch {
    return undefined; // a stray % that is no URI encoding
  }
}
