/** What stands at the place of a change. */
import { isJsonObject, keyedEdges, type FlowDocument, type Json } from "@holdfast/dsl";

/** Edges are found by what they connect, as the paths of changes name them. Undefined: nothing. */
export function atPath(document: FlowDocument, path: readonly string[]): Json | undefined {
  let value: Json | undefined = { ...document };
  for (const key of path) {
    if (Array.isArray(value)) value = edgesIn(value)?.get(key);
    else if (value !== undefined && isJsonObject(value) && Object.hasOwn(value, key)) value = value[key];
    else return undefined;
  }
  return value;
}

/** The way to a place as far as it exists, and one step beyond: what has to come back for the place to exist. */
export function missingFrom(document: FlowDocument, path: readonly string[]): readonly string[] {
  for (let length = 1; length < path.length; length += 1) {
    const way = path.slice(0, length);
    if (atPath(document, way) === undefined) return way;
  }
  return path;
}

function edgesIn(list: readonly Json[]): ReadonlyMap<string, Json> | undefined {
  const edges = list.flatMap((edge) => {
    if (!isJsonObject(edge)) return [];
    const { from, port, to } = edge;
    if (typeof from !== "string" || typeof to !== "string") return [];
    return [{ from, to, ...(typeof port === "string" ? { port } : {}) }];
  });
  return edges.length === list.length ? keyedEdges(edges) : undefined;
}
