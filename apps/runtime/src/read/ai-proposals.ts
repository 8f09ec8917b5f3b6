/** Which questions of a flow carry what a model proposed. */
import { type Json, parseFlow, valueAt, walkNodes } from "@holdfast/dsl";
import type { ReadVersion } from "./flow-versions.ts";

/** Steps that an expression names: `nodes.a.x`, `nodes.?a.x`, `has(nodes.a)`. */
const NAMED = /\bnodes\s*\.\s*\??\s*([a-z]\w*)/g;

const namedIn = (part: Json | undefined): readonly string[] =>
  part === undefined ? [] : [...JSON.stringify(part).matchAll(NAMED)].flatMap(([, id]) => id ?? []);

/**
 * Whether the form, the facts or the words that a node asks with come from a model, directly or by way of other steps.
 */
export function carriesProposal(
  { document, manifests }: Pick<ReadVersion, "document" | "manifests">,
  node: string,
): boolean {
  const parsed = parseFlow(document);
  if (!parsed.ok) return false;
  const nodes = new Map([...walkNodes(parsed.flow)].map((walked) => [walked.id, walked.node]));
  const open = [...namedIn(valueAt(nodes.get(node)?.params ?? null, "/inbox"))];
  const seen = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const found = nodes.get(id);
    if (found === undefined || seen.has(id)) continue;
    if (manifests.find(({ type }) => type === found.type)?.category === "ai") return true;
    seen.add(id);
    open.push(...namedIn(found.params));
  }
  return false;
}
