/** Edges by what they connect: a list whose order says nothing. */
import { DEFAULT_PORT } from "../contract/manifest.ts";
import { compareText } from "../document/compare-text.ts";
import { isJsonObject } from "../document/json-field.ts";
import type { Edge } from "../document/node.ts";
import type { Json } from "../json.ts";

/** `approval|timeout|escalate`. Unlike for unlike ends, also where an end has a name that no node can have. */
export function edgeKeyOf({ from, port, to }: Edge): string {
  return [from, port ?? DEFAULT_PORT, to].map(escapePart).join("|");
}

/** The edges by their keys. Of those that connect the same, the second is `…#2`, the third `…#3`. */
export function keyedEdges(edges: readonly Edge[]): Map<string, Edge> {
  const keyed = new Map<string, Edge>();
  const counts = new Map<string, number>();
  for (const edge of edges) {
    const key = edgeKeyOf(edge);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    keyed.set(count === 1 ? key : `${key}#${count}`, edge);
  }
  return keyed;
}

/** Whether a value is a list of edges and nothing but edges. */
export function isEdgeList(value: Json | undefined): value is Edge[] {
  return Array.isArray(value) && value.every(isEdge);
}

/** A value with the edges of every graph in it in one order: what differs in nothing else is the same. */
export function withSortedEdges(value: Json): Json {
  if (Array.isArray(value)) return value.map(withSortedEdges);
  if (!isJsonObject(value)) return value;
  const isGraph = isJsonObject(value["nodes"]) && isEdgeList(value["edges"]);
  return Object.fromEntries(
    Object.entries(value).map(([key, below]): [string, Json] => [
      key,
      isGraph && key === "edges" && isEdgeList(below) ? sorted(below) : withSortedEdges(below),
    ]),
  );
}

const sorted = (edges: readonly Edge[]): Edge[] => edges.toSorted((a, b) => compareText(edgeKeyOf(a), edgeKeyOf(b)));

/** Whether a value is an edge. */
export function isEdge(value: Json): value is Edge {
  if (!isJsonObject(value) || typeof value["from"] !== "string" || typeof value["to"] !== "string") return false;
  const port = value["port"];
  return Object.keys(value).length === (port === undefined ? 2 : 3) && (port === undefined || typeof port === "string");
}

function escapePart(part: string): string {
  return part.replaceAll("%", "%25").replaceAll("|", "%7C").replaceAll("#", "%23");
}
