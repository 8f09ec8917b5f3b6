/** Problems by where they are: nodes in the order of the document, then the flow itself, then its scenarios. */
import { walkNodes, type FlowDocument, type Issue } from "@holdfast/dsl";
import { nameOf } from "../canvas/node-facts.ts";

export interface Problem {
  readonly issue: Issue;
  /** The node that it is at; absent: the flow. */
  readonly node?: string;
}

export interface ProblemGroup {
  /** A node's id, or what is no node. */
  readonly key: string;
  readonly kind: "node" | "flow" | "tests";
  readonly name: string;
  readonly problems: readonly Problem[];
}

/** The innermost node that a problem points into; one about an edge is at the node that the edge leaves. */
export function nodeOf(flow: FlowDocument, { pointer }: Issue): string | undefined {
  const inside = [...walkNodes(flow)].findLast((one) => `${pointer}/`.startsWith(`${one.pointer}/`));
  const edge = /\/edges\/(\d+)/.exec(pointer)?.[1];
  if (edge === undefined || pointer.lastIndexOf("/edges/") < (inside?.pointer.length ?? 0)) return inside?.id;
  const graph = pointer.startsWith("/edges/") ? flow : undefined;
  const from = graph?.edges[Number(edge)]?.from;
  return from === undefined || from === "start" ? inside?.id : from;
}

/** Where it is repaired: in a field, in a scenario, or on the canvas, as an edge or a way that is missing. */
export function repairPlace({ pointer }: Issue): "field" | "canvas" | "bench" {
  if (pointer.startsWith("/tests")) return "bench";
  return /\/(?:nodes\/[^/]+|edges\/\d+(?:\/[^/]+)?)$/.test(pointer) || pointer.startsWith("/layout")
    ? "canvas"
    : "field";
}

/** Errors before hints, then as they come in the document. */
export function groupProblems(flow: FlowDocument, issues: readonly Issue[]): ProblemGroup[] {
  const names = new Map([...walkNodes(flow)].map(({ id, node }) => [id, nameOf(id, node)]));
  const groups = new Map<string, { kind: ProblemGroup["kind"]; name: string; problems: Problem[] }>();
  for (const issue of issues) {
    const node = nodeOf(flow, issue);
    const known = node !== undefined && names.has(node);
    const kind = known ? "node" : other(issue);
    const key = known ? `node ${node}` : kind;
    const group = groups.get(key) ?? { kind, name: known ? (names.get(node) ?? node) : "", problems: [] };
    group.problems.push(known ? { issue, node } : { issue });
    groups.set(key, group);
  }
  const order = ["node", "flow", "tests"];
  const place = [...names.keys()].map((id) => `node ${id}`);
  return [...groups]
    .map(([key, group]) => ({ key, ...group, problems: group.problems.toSorted(byWeight) }))
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || place.indexOf(a.key) - place.indexOf(b.key));
}

function other({ pointer }: Issue): "flow" | "tests" {
  return pointer.startsWith("/tests") ? "tests" : "flow";
}

const byWeight = (a: Problem, b: Problem): number =>
  Number(a.issue.severity === "warning") - Number(b.issue.severity === "warning");

export const countOf = (issues: readonly Issue[], severity: Issue["severity"]): number =>
  issues.filter((issue) => issue.severity === severity).length;

/** The problem after (1) or before (-1) another, round and round. */
export function stepTo(all: readonly Problem[], current: Issue | undefined, by: 1 | -1): Problem | undefined {
  const at = all.findIndex(({ issue }) => issue === current);
  if (at === -1) return all.at(by === 1 ? 0 : -1);
  return all.at((at + by) % all.length);
}
