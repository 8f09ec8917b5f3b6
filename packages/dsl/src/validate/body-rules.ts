/** The bodies of loops. */
import type { Issue } from "../document/issue.ts";
import { bodySchema } from "../document/node.ts";
import { joinPointer, valueAt } from "../document/pointer.ts";
import { shapeIssues } from "../document/shape-issues.ts";
import type { GraphNode } from "./graph.ts";
import { bodyPlace } from "./param-rules.ts";

/** A loop's body has a shape of its own; one that does not fit is not walked, so this is all that is said of it. */
export function bodyShapeIssues({ manifest, spec, pointer }: GraphNode): Issue[] {
  const place = manifest && bodyPlace(manifest);
  const body = place === undefined ? undefined : valueAt(spec.params, place);
  if (place === undefined || body === undefined) return [];
  return shapeIssues(bodySchema, body, joinPointer(pointer, "params") + place);
}
