import type { Json, JsonObject } from "@holdfast/dsl";

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The params of every node of a stored document as they stand there, bodies of loops included. Steps whose params had
 * no template in them are stored without: this is where they are.
 */
export function documentParams(document: Json): ReadonlyMap<string, JsonObject> {
  const params = new Map<string, JsonObject>();
  const visit = (body: Json): void => {
    if (!isObject(body) || !isObject(body["nodes"])) return;
    for (const [id, node] of Object.entries(body["nodes"])) {
      if (!isObject(node)) continue;
      const own = isObject(node["params"]) ? node["params"] : {};
      params.set(id, own);
      if (isObject(own["body"])) visit(own["body"]);
    }
  };
  visit(document);
  return params;
}
