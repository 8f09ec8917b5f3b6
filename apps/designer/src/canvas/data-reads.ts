/** Which node reads which output: what the expressions of a flow say, without evaluating them. */
import {
  compileCondition,
  compileTemplate,
  expressionSites,
  walkNodes,
  type FlowDocument,
  type NodeManifest,
  type Reference,
} from "@holdfast/dsl";

export interface DataRead {
  /** The node whose output, outcome or error is read; `start` for the input and the trigger. */
  readonly from: string;
  /** What of it: `refundAmount`, `body.total`; empty for all of it. */
  readonly path: string;
}

/** By the node that reads, in the order of its params; each value once. */
export function dataReads(
  flow: FlowDocument,
  manifests: ReadonlyMap<string, NodeManifest>,
): ReadonlyMap<string, readonly DataRead[]> {
  const reads = new Map<string, readonly DataRead[]>();
  for (const { id, node } of walkNodes(flow)) {
    const schema = manifests.get(node.type)?.params ?? {};
    const found = new Map<string, DataRead>();
    for (const { kind, source } of expressionSites(node.params, schema)) {
      for (const reference of referencesIn(source, kind)) {
        const read = readOf(reference);
        if (read !== undefined && read.from !== id) found.set(`${read.from} ${read.path}`, read);
      }
    }
    if (found.size > 0) reads.set(id, [...found.values()]);
  }
  return reads;
}

/** Text that is no expression yet reads nothing. */
function referencesIn(source: string, kind: "condition" | "template"): readonly Reference[] {
  try {
    return (kind === "condition" ? compileCondition(source) : compileTemplate(source)).references;
  } catch {
    return [];
  }
}

/** The item of a loop and the event of a filter come from no card. */
function readOf({ root, id, path }: Reference): DataRead | undefined {
  if (root === "input" || root === "trigger") return { from: "start", path: path.join(".") };
  return id === undefined ? undefined : { from: id, path: path.join(".") };
}
