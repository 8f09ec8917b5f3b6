/** A node type that is not there. */
import type { NodeManifest } from "../contract/manifest.ts";
import type { Issue } from "../document/issue.ts";
import { issueOf } from "./codes.ts";
import type { ManifestIndex } from "./manifests.ts";

export function typeIssue(type: string, pointer: string, manifests: ManifestIndex): Issue {
  const newest = manifests.newest(type);
  if (newest !== undefined) return missingVersion(type, pointer, { wanted: manifests.wanted(type), newest });
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

/** The document asks for a version that is gone. */
export function missingVersion(
  type: string,
  pointer: string,
  { wanted, newest }: { readonly wanted: number | undefined; readonly newest: NodeManifest },
): Issue {
  const message = `“${type}” is not installed in version ${wanted ?? "?"}, which “uses” asks for.`;
  return issueOf("unknown_node_version", pointer, message, moveOn(type, newest));
}

/** What to do about a version that is not the newest. */
export const moveOn = (type: string, { version }: NodeManifest): string =>
  `Open a node of this type and choose “Use version ${version}”, or set “uses/${type}” to ${version} and change its params where they no longer fit.`;
