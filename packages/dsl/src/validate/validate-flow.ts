import type { NodeManifest } from "../contract/manifest.ts";
import { compareText } from "../document/compare-text.ts";
import { DOCUMENT_LIMITS, isSafeJson } from "../document/check-json.ts";
import { flowSchema } from "../document/flow.ts";
import type { FlowDocument } from "../document/flow.ts";
import type { Issue } from "../document/issue.ts";
import { parseFlow } from "../document/parse-flow.ts";
import { walkGraphs, walkNodes } from "../document/walk-nodes.ts";
import { bodyShapeIssues } from "./body-rules.ts";
import { issueOf } from "./codes.ts";
import { expressionIssues } from "./expression-rules.ts";
import { flowIssues } from "./flow-rules.ts";
import { buildGraph } from "./graph.ts";
import type { Graph } from "./graph.ts";
import { graphIssues } from "./graph-rules.ts";
import { waitIssues } from "./inbox-rules.ts";
import { ManifestIndex } from "./manifests.ts";
import { nodeIssues } from "./node-rules.ts";
import { outputIssues } from "./output-rules.ts";
import { isSalvageable, withoutRefused } from "./salvage.ts";
import { secretIssues } from "./secrets.ts";
import { taintIssues } from "./taint/taint-rules.ts";

export interface ValidateOptions {
  /** Ids of the flows that exist, the one that is validated included. Absent: names of flows are not looked at. */
  readonly flows?: ReadonlySet<string>;
  /** Names of the calendars that exist; the default one need not be among them. Absent: they are not looked at. */
  readonly calendars?: ReadonlySet<string>;
}

export interface Validation {
  /** The document, if it has the shape of one. */
  readonly flow?: FlowDocument;
  /** Everything that is wrong, by place. Without a `severity: "error"` the document can be published. */
  readonly issues: Issue[];
}

/**
 * Checks everything about a document that can be known without running it: shape, graph, params, expressions.
 * Never throws, whatever the input.
 *
 * @param manifests the node types that are installed, several versions of a type if there are
 */
export function validateFlow(
  input: unknown,
  manifests: readonly NodeManifest[],
  options: ValidateOptions = {},
): Validation {
  const parsed = parseFlow(input);
  if (parsed.ok) return { flow: parsed.flow, issues: inOrder(documentIssues(parsed.flow, manifests, options)) };
  const rest = salvage(input, parsed.issues);
  return {
    issues: inOrder([...parsed.issues, ...(rest === undefined ? [] : documentIssues(rest, manifests, options))]),
  };
}

/** What is left of a document without its misshapen fields, where that is a document. */
function salvage(input: unknown, issues: readonly Issue[]): FlowDocument | undefined {
  if (!isSafeJson(input) || !isSalvageable(issues)) return undefined;
  const rest = flowSchema.safeParse(withoutRefused(input, issues));
  return rest.success ? rest.data : undefined;
}

function documentIssues(flow: FlowDocument, installed: readonly NodeManifest[], options: ValidateOptions): Issue[] {
  const manifests = new ManifestIndex(installed, flow);
  const size = [...walkNodes(flow)].length;
  if (size > DOCUMENT_LIMITS.nodes) {
    const message = `The flow has ${size} nodes; ${DOCUMENT_LIMITS.nodes} are allowed.`;
    return [issueOf("too_many_nodes", "/nodes", message, "Move parts of it into flows of their own.")];
  }
  const graphs = new Map([...walkGraphs(flow)].map((walked) => [walked.pointer, buildGraph(walked, manifests)]));
  const nodes = new Map([...graphs.values()].flatMap((graph) => [...graph.nodes]));
  const known = new Set(nodes.keys());
  return [
    ...flowIssues(flow, nodes, manifests),
    ...duplicateIssues(graphs),
    ...[...graphs.values()].flatMap((graph) => [
      ...graphIssues(graph, known),
      ...outputIssues(graph),
      ...[...graph.nodes.values()].flatMap((node) => [
        ...nodeIssues(graph, node, manifests, options),
        ...bodyShapeIssues(node),
        ...waitIssues(node, flow),
      ]),
    ]),
    ...expressionIssues(flow, graphs, manifests),
    ...secretIssues(flow),
    ...taintIssues(flow, graphs, manifests),
  ];
}

/** `nodes.a` has to be one node, in a body too. */
function duplicateIssues(graphs: ReadonlyMap<string, Graph>): Issue[] {
  const first = new Map<string, string>();
  return [...graphs.values()].flatMap((graph) =>
    [...graph.nodes.values()].flatMap(({ id, pointer }) => {
      const other = first.get(id);
      if (other === undefined) first.set(id, pointer);
      return other === undefined
        ? []
        : [issueOf("duplicate_node_id", pointer, `There is already a node “${id}” at ${other}.`)];
    }),
  );
}

/** By place. What a rule of its own says better than the params' schema is said once. */
function inOrder(issues: readonly Issue[]): Issue[] {
  const said = new Set(issues.filter(({ code }) => code !== "invalid_param").map(({ pointer }) => pointer));
  return issues
    .filter(({ code, pointer }) => code !== "invalid_param" || !said.has(pointer))
    .toSorted(
      (a, b) =>
        compareText(a.pointer, b.pointer) ||
        (a.range?.start ?? 0) - (b.range?.start ?? 0) ||
        compareText(a.code, b.code),
    );
}
