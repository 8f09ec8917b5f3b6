/** Which facts of a question a model wrote. */
import { compileTemplate, isJsonObject, type JsonObject, valueAt } from "@holdfast/dsl";
import type { CompiledFlow, CompiledNode } from "./compiled-flow.ts";

/** A node's facts stay what they are as long as its version is in memory. */
const known = new WeakMap<CompiledNode, readonly string[]>();

/** Names of the inbox section's `context` whose expressions read what a node of the family `ai` gave. */
export function aiFactsOf(flow: CompiledFlow, node: string): readonly string[] {
  const compiled = flow.nodes.get(node);
  if (compiled === undefined) return [];
  const before = known.get(compiled);
  if (before !== undefined) return before;
  const facts = readsModels(flow, compiled.rawParams);
  known.set(compiled, facts);
  return facts;
}

function readsModels(flow: CompiledFlow, params: JsonObject): readonly string[] {
  const context = valueAt(params, "/inbox/context");
  if (!isJsonObject(context)) return [];
  return Object.entries(context).flatMap(([name, value]) => {
    const fromModel = compileTemplate(value).references.some(
      ({ root, id }) => root === "nodes" && id !== undefined && flow.nodes.get(id)?.manifest.category === "ai",
    );
    return fromModel ? [name] : [];
  });
}
