/** One change as a sentence. */
import { DEFAULT_PORT } from "../contract/manifest.ts";
import { isJsonObject } from "../document/json-field.ts";
import { pointerParts } from "../document/pointer.ts";
import type { Json } from "../json.ts";
import type { Change, Subject } from "./change.ts";

/** @example “approval: timeout changed from 7d to 5d” */
export function summarize(change: Change): string {
  const { subject } = change;
  switch (change.kind) {
    case "renamed":
      return `node ${change.before} renamed to ${change.after}`;
    case "moved":
      return `node ${subjectName(subject)} moved ${change.after === "" ? "out of its loop" : "into another loop"}`;
    case "changed": {
      const order = Array.isArray(change.before) && Array.isArray(change.after);
      const values = order ? "changed in order" : `changed from ${words(change.before)} to ${words(change.after)}`;
      return `${placeName(change)} ${values}`;
    }
    default:
      return `${wholeName(change) ?? placeName(change)} ${change.kind}`;
  }
}

/** A whole node or edge, not a part of one. */
function wholeName(change: Change & { kind: "added" | "removed" }): string | undefined {
  const { subject } = change;
  const value = change.kind === "added" ? change.after : change.before;
  if (subject.type === "edge") return `edge ${subjectName(subject)}`;
  if (subject.type !== "node" || pathIn(change) !== "") return undefined;
  const type = isJsonObject(value) && typeof value["type"] === "string" ? ` (${value["type"]})` : "";
  return `node ${subject.id}${type}`;
}

function placeName(change: Change): string {
  const path = pathIn(change);
  const { subject } = change;
  if (subject.type === "flow") return path === "" ? "flow" : path;
  return path === "" ? subjectName(subject) : `${subjectName(subject)}: ${path}`;
}

function subjectName(subject: Subject): string {
  switch (subject.type) {
    case "node":
      return subject.id;
    case "edge": {
      const port = subject.port === DEFAULT_PORT ? "" : ` by ${subject.port}`;
      return `${subject.from}${port} → ${subject.to}${subject.loop === undefined ? "" : ` in ${subject.loop}`}`;
    }
    default:
      return subject.type;
  }
}

/** The path within the subject, with dots; `params` goes without saying. */
function pathIn({ subject, pointer }: Change): string {
  const parts = pointerParts(pointer);
  if (subject.type === "flow") return parts.join(".");
  if (subject.type !== "node") return parts.slice(1).join(".");
  const own = parts.slice(parts.lastIndexOf(subject.id, depthOf(parts, subject.id)) + 1);
  return (own[0] === "params" && own.length > 1 ? own.slice(1) : own).join(".");
}

/** Where the node's own id stands in a pointer: behind the last `nodes` that is a graph's. */
function depthOf(parts: readonly string[], id: string): number {
  const at = parts.findIndex((part, index) => part === id && parts[index - 1] === "nodes");
  return at === -1 ? 0 : at;
}

function words(value: Json): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
