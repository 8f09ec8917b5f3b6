/** Whose word a node's output is, as its type says. */
import type { NodeManifest, Origin } from "../../contract/manifest.ts";

/** What stands among the AI nodes is a model, unless it says otherwise. */
export function originOf({ origin, category }: NodeManifest): Origin | undefined {
  return origin ?? (category === "ai" ? "model" : undefined);
}
