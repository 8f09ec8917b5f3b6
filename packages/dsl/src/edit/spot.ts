/** What kind of place a path leads to; it decides how changes at it are found and applied. */
import { isJsonObject } from "../document/json-field.ts";
import type { Json } from "../json.ts";
import { isEdgeList } from "./edge-list.ts";

/**
 * - `section`: an object for which to be empty and to be absent is the same;
 * - `edges`: the edges of a graph, walked by identity;
 * - `value`: any JSON.
 */
export type Spot = "flow" | "graph" | "nodes" | "node" | "params" | "body" | "settings" | "section" | "edges" | "value";

const CHILDREN: { readonly [spot in Spot]?: { readonly [key: string]: Spot } } = {
  flow: {
    nodes: "nodes",
    edges: "edges",
    layout: "section",
    notes: "section",
    uses: "section",
    settings: "settings",
  },
  graph: { nodes: "nodes", edges: "edges" },
  node: { params: "params", retry: "section" },
  params: { body: "body" },
  settings: { timeouts: "section" },
};

/** The kind of the place one step further. */
export function spotBelow(spot: Spot, key: string): Spot {
  if (spot === "nodes") return "node";
  const children = CHILDREN[spot];
  return children !== undefined && Object.hasOwn(children, key) ? (children[key] ?? "value") : "value";
}

/** What is really there: the place of a body may hold anything, and so may that of edges in a broken graph. */
export function actualSpot(spot: Spot, value: Json | undefined): Spot {
  if (spot === "body") return isGraph(value) ? "graph" : "value";
  if (spot === "edges") return isEdgeList(value) ? "edges" : "value";
  return spot;
}

/** Whether nothing and an empty object are the same here. */
export function isSection(spot: Spot): boolean {
  return spot === "section" || spot === "settings";
}

function isGraph(value: Json | undefined): boolean {
  return (
    isJsonObject(value) &&
    Object.keys(value).length === 2 &&
    isJsonObject(value["nodes"] ?? null) &&
    isEdgeList(value["edges"])
  );
}
