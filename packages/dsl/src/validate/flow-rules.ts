/** Triggers, the input's schema, `uses`, `layout` and `tests`. */
import { START } from "../document/names.ts";
import type { FlowDocument } from "../document/flow.ts";
import type { Issue } from "../document/issue.ts";
import { joinPointer } from "../document/pointer.ts";
import { compileSchema } from "../json-schema/compile.ts";
import { ERROR_PORT } from "../contract/manifest.ts";
import { typesIn } from "./called-nodes.ts";
import { issueOf } from "./codes.ts";
import type { GraphNode } from "./graph.ts";
import type { ManifestIndex } from "./manifests.ts";
import { schemaIssues } from "./schema-rules.ts";
import { missingVersion, moveOn } from "./type-issue.ts";

/** @param nodes every node of the document by id */
export function flowIssues(
  flow: FlowDocument,
  nodes: ReadonlyMap<string, GraphNode>,
  manifests: ManifestIndex,
): Issue[] {
  const input = flow.input === undefined ? [] : schemaIssues(flow.input, "/input", { object: true });
  return [
    ...triggerIssues(flow),
    ...input,
    ...usesIssues(flow, manifests),
    ...layoutIssues(flow, nodes),
    ...scenarioIssues(flow, nodes, input.length === 0),
  ];
}

function triggerIssues({ triggers }: FlowDocument): Issue[] {
  if (triggers.length === 0) return [issueOf("no_trigger", "/triggers", "Nothing starts this flow.")];
  const seen = new Set<string>();
  return triggers.flatMap((trigger, index) => {
    const what = trigger.type === "event" ? `event ${trigger.event}` : "call";
    if (seen.has(what)) {
      return [
        issueOf("duplicate_trigger", joinPointer("/triggers", index), `There is already a trigger for this ${what}.`),
      ];
    }
    seen.add(what);
    return [];
  });
}

function usesIssues(flow: FlowDocument, manifests: ManifestIndex): Issue[] {
  const { uses } = flow;
  const used = typesIn(flow, (type) => manifests.manifestOf(type));
  return Object.entries(uses ?? {}).flatMap(([type, version]) => {
    const pointer = joinPointer("/uses", type);
    if (!used.has(type)) return [issueOf("unused_type", pointer, `No node is of type “${type}”.`)];
    const newest = manifests.newest(type);
    if (newest === undefined || newest.version === version) return [];
    if (manifests.manifestOf(type) === undefined) return [missingVersion(type, pointer, { wanted: version, newest })];
    if (newest.version < version) return [];
    const message = `“${type}” is used in version ${version}, and version ${newest.version} is installed.`;
    return [issueOf("newer_node_version", pointer, message, moveOn(type, newest))];
  });
}

function layoutIssues({ layout }: FlowDocument, nodes: ReadonlyMap<string, GraphNode>): Issue[] {
  return Object.keys(layout ?? {})
    .filter((id) => id !== START && !nodes.has(id))
    .map((id) => issueOf("unknown_layout_node", joinPointer("/layout", id), `There is no node “${id}”.`));
}

/** A scenario is never carried out in production, so what is wrong with one keeps nothing from being published. */
function scenarioIssues(flow: FlowDocument, nodes: ReadonlyMap<string, GraphNode>, validInput: boolean): Issue[] {
  const schema = flow.input !== undefined && validInput ? compileSchema(flow.input) : undefined;
  return (flow.tests ?? []).flatMap((scenario, index) => {
    const at = (...path: readonly (string | number)[]): string => joinPointer("/tests", index, ...path);
    const { answers, decisions, incidents, skips, expect, input } = scenario;
    const named = [
      ...Object.keys(answers ?? {}).map((id) => ({ id, pointer: at("answers", id) })),
      ...(decisions ?? []).map(({ node }, n) => ({ id: node, pointer: at("decisions", n, "node") })),
      ...(incidents ?? []).map(({ node }, n) => ({ id: node, pointer: at("incidents", n, "node") })),
      ...(skips ?? []).map(({ node }, n) => ({ id: node, pointer: at("skips", n, "node") })),
      ...(expect.reached ?? []).map((id, n) => ({ id, pointer: at("expect", "reached", n) })),
      ...(expect.notReached ?? []).map((id, n) => ({ id, pointer: at("expect", "notReached", n) })),
    ];
    const ports = [
      ...Object.entries(answers ?? {}).flatMap(([id, answer]) =>
        [answer]
          .flat()
          .flatMap((one) =>
            "output" in one && one.port !== undefined ? [{ id, port: one.port, pointer: at("answers", id) }] : [],
          ),
      ),
      ...(decisions ?? []).map(({ node, outcome }, n) => ({
        id: node,
        port: outcome,
        pointer: at("decisions", n, "outcome"),
      })),
      ...(incidents ?? []).flatMap(({ node, port }, n) =>
        port === undefined ? [] : [{ id: node, port, pointer: at("incidents", n, "port") }],
      ),
      ...(skips ?? []).map(({ node, port }, n) => ({ id: node, port, pointer: at("skips", n, "port") })),
    ];
    const fit = schema === undefined || input === undefined ? undefined : schema.validate(input);
    return [
      ...named
        .filter(({ id }) => !nodes.has(id))
        .map(({ id, pointer }) => issueOf("unknown_test_node", pointer, `There is no node “${id}”.`)),
      ...ports
        .filter(({ id, port }) => !portExists(nodes.get(id), port))
        .map(({ id, port, pointer }) => issueOf("unknown_test_port", pointer, `“${id}” has no port “${port}”.`)),
      ...(fit === undefined || fit.ok
        ? []
        : fit.errors.map((error) =>
            issueOf("invalid_test_input", at("input") + error.pointer, `The input ${error.message}.`),
          )),
    ];
  });
}

function portExists(node: GraphNode | undefined, port: string): boolean {
  if (node?.manifest === undefined || port === ERROR_PORT) return true;
  return node.ports.some(({ name }) => name === port);
}
