import { canonicalForm } from "../document/canonical.ts";
import type { FlowDocument } from "../document/flow.ts";
import { DEFAULT_PORT } from "../contract/manifest.ts";
import { parseFlow } from "../document/parse-flow.ts";
import { joinPointer } from "../document/pointer.ts";
import { bodyOf, walkGraphs, walkNodes } from "../document/walk-nodes.ts";
import type { WalkedNode } from "../document/walk-nodes.ts";
import type { Json, JsonObject } from "../json.ts";
import type { Change, SemanticDiff, Subject } from "./change.ts";
import { findRenames, withRenames } from "./renames.ts";
import { summarize } from "./summary.ts";
import { diffValues } from "./value-diff.ts";

/**
 * What a person would say has changed. Layout, notes and `$schema` are left out, defaults are filled in on neither
 * side, edges and nodes are compared one by one wherever they stand, and a renamed node is one change.
 */
export function diffFlows(before: FlowDocument, after: FlowDocument): SemanticDiff {
  const renames = findRenames(before, after);
  const old = canonical(withRenames(before, renames));
  const current = canonical(after);
  const changes: Change[] = [
    ...section({ type: "flow" }, pick(old, "id", "name", "description"), pick(current, "id", "name", "description")),
    ...section({ type: "triggers" }, pick(old, "triggers"), pick(current, "triggers")),
    ...section({ type: "input" }, pick(old, "input"), pick(current, "input")),
    ...section({ type: "settings" }, pick(old, "settings"), pick(current, "settings")),
    ...section({ type: "uses" }, pick(old, "uses"), pick(current, "uses")),
    ...renames.map(({ from, to }) => renamed(from, to, current)),
    ...nodeChanges(old, current),
    ...edgeChanges(old, current),
    ...section({ type: "tests" }, pick(old, "tests"), pick(current, "tests")),
  ];
  return { changes, summary: changes.map(summarize) };
}

/** Documents are never changed in place, and what is published is compared with many drafts. */
const known = new WeakMap<FlowDocument, FlowDocument>();

/** The document without written-out defaults, so that leaving one out is no change. */
function canonical(flow: FlowDocument): FlowDocument {
  const before = known.get(flow);
  if (before !== undefined) return before;
  const parsed = parseFlow(canonicalForm(flow));
  const form = parsed.ok ? parsed.flow : flow;
  known.set(flow, form);
  return form;
}

function section(subject: Subject, before: JsonObject, after: JsonObject): Change[] {
  return diffValues(before, after).map((change) => ({ ...change, subject }));
}

function pick(flow: FlowDocument, ...keys: readonly (keyof FlowDocument)[]): JsonObject {
  const entries = keys.flatMap((key): [string, Json][] => {
    const value = flow[key];
    return value === undefined ? [] : [[key, value]];
  });
  return Object.fromEntries(entries);
}

function renamed(from: string, to: string, flow: FlowDocument): Change {
  const pointer = [...walkNodes(flow)].find(({ id }) => id === to)?.pointer ?? "";
  return { kind: "renamed", subject: { type: "node", id: to }, pointer, before: from, after: to };
}

function nodeChanges(before: FlowDocument, after: FlowDocument): Change[] {
  const old = new Map([...walkNodes(before)].map((walked) => [walked.id, walked]));
  const current = new Map([...walkNodes(after)].map((walked) => [walked.id, walked]));
  return [...new Set([...old.keys(), ...current.keys()])]
    .toSorted()
    .flatMap((id) => nodeChange(id, old.get(id), current.get(id)));
}

function nodeChange(id: string, before: WalkedNode | undefined, after: WalkedNode | undefined): Change[] {
  const subject: Subject = { type: "node", id };
  const moved: Change[] =
    before === undefined || after === undefined || before.loop === after.loop
      ? []
      : [{ kind: "moved", subject, pointer: after.pointer, before: before.scope, after: after.scope }];
  const changes = diffValues(before && content(before), after && content(after), before?.pointer, after?.pointer);
  return [...moved, ...changes.map((change) => ({ ...change, subject }))];
}

/** The node without its body, whose nodes and edges are compared by themselves. */
function content({ node }: WalkedNode): JsonObject {
  if (bodyOf(node) === undefined) return { ...node };
  const { body, ...params } = node.params;
  return { ...node, params };
}

function edgeChanges(before: FlowDocument, after: FlowDocument): Change[] {
  const old = edgesOf(before);
  const current = edgesOf(after);
  return [
    ...[...old].flatMap(([key, { subject, pointer, edge }]): Change[] =>
      current.has(key) ? [] : [{ kind: "removed", subject, pointer, before: edge }],
    ),
    ...[...current].flatMap(([key, { subject, pointer, edge }]): Change[] =>
      old.has(key) ? [] : [{ kind: "added", subject, pointer, after: edge }],
    ),
  ];
}

interface PlacedEdge {
  readonly subject: Subject;
  readonly pointer: string;
  readonly edge: JsonObject;
}

function edgesOf(flow: FlowDocument): Map<string, PlacedEdge> {
  const graphs = [...walkGraphs(flow)];
  return new Map(
    graphs.flatMap(({ graph, pointer: scope, loop }) =>
      graph.edges.map((edge, index): [string, PlacedEdge] => {
        const port = edge.port ?? DEFAULT_PORT;
        const pointer = joinPointer(scope, "edges", index);
        const ends = { type: "edge" as const, from: edge.from, port, to: edge.to };
        const subject: Subject = loop === undefined ? ends : { ...ends, loop };
        return [JSON.stringify([loop ?? "", edge.from, port, edge.to]), { subject, pointer, edge: { ...edge } }];
      }),
    ),
  );
}
