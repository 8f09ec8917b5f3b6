/** A node type that is not there. */
import type { Issue } from "../document/issue.ts";
import { issueOf } from "./codes.ts";
import type { ManifestIndex } from "./manifests.ts";

export function typeIssue(type: string, pointer: string, manifests: ManifestIndex): Issue {
  if (manifests.has(type)) {
    return issueOf("unknown_node_version", pointer, `“${type}” is not installed in the version that “uses” asks for.`);
  }
  const near = manifests.types.filter(
    (known) => known.toLowerCase().replaceAll(".", "") === type.toLowerCase().replaceAll(".", ""),
  );
  const message = `There is no node type “${type}”.`;
  return issueOf(
    "unknown_node_type",
    pointer,
    message,
    near.length > 0 ? `Did you mean ${near.join(" or ")}?` : undefined,
  );
}
