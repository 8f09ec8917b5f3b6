/** In how many places two documents differ, as people count: by card, and by section of the document. */
import type { FlowDocument } from "../document/flow.ts";
import type { Subject } from "./change.ts";
import { diffFlows } from "./diff-flows.ts";

/** Where a change is shown: a node's id, `start`, or `/` and a section. An edge belongs to where it begins. */
export function placeOfChange(subject: Subject): string {
  if (subject.type === "node") return subject.id;
  if (subject.type === "edge") return subject.from === "start" ? (subject.loop ?? "start") : subject.from;
  return `/${subject.type}`;
}

/** Cards that only moved, and versions of node types, count for nothing. */
export function countChangedPlaces(before: FlowDocument, after: FlowDocument): number {
  const places = new Set(diffFlows(before, after).changes.map(({ subject }) => placeOfChange(subject)));
  places.delete("/uses");
  return places.size;
}
