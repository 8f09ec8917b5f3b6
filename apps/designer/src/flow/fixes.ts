/** What can be done about an issue with one click. */
import {
  END,
  START,
  applyChanges,
  changesBetween,
  parseFlow,
  pointerParts,
  toPointer,
  validateFlow,
  valueAt,
  walkGraphs,
  walkNodes,
  type FlowDocument,
  type Issue,
  type IssueCode,
  type NodeManifest,
} from "@holdfast/dsl";
import { addTrigger } from "./change-flow.ts";
import { withValue } from "./change-node.ts";
import { pageChecker, type Checker } from "./checker.ts";
import { deleteNodes } from "./delete-nodes.ts";
import { connect, disconnect, reconnect } from "./edges.ts";
import { allEdges, allNodes } from "./graphs.ts";
import { declaredPorts, manifestOf } from "./manifests.ts";
import type { fixWords } from "./words.ts";

export interface Fix {
  /** A key of `fixWords`. */
  readonly label: keyof (typeof fixWords)["en"];
  readonly values?: Readonly<Record<string, string>>;
  readonly apply: (flow: FlowDocument) => FlowDocument;
}

interface Scene {
  readonly flow: FlowDocument;
  readonly manifests: readonly NodeManifest[];
  readonly issue: Issue;
}

const BY_CODE: { readonly [code in IssueCode]?: (scene: Scene) => Fix[] } = {
  unconnected_port: unconnected,
  duplicate_edge: edgeRemoval,
  unknown_node: edgeRemoval,
  edge_across_bodies: edgeRemoval,
  edge_into_start: edgeRemoval,
  edge_from_end: edgeRemoval,
  cycle: edgeRemoval,
  unknown_port: wrongPort,
  no_start: noStart,
  unreachable_node: unreachable,
  no_trigger: () => [{ label: "addCall", apply: (flow) => addTrigger(flow, { type: "call" }) }],
  duplicate_trigger: removal,
  unknown_field: removal,
  unknown_param: removal,
  join_without_choice: removal,
  setting_without_effect: removal,
  credential_not_supported: removal,
  unknown_layout_node: removal,
  unused_type: removal,
  unknown_column: removal,
  reminder_after_timeout: removal,
};

/** The most likely first; none where only a person can know. Those for expressions are tried before they are offered. */
export function fixesFor(flow: FlowDocument, manifests: readonly NodeManifest[], issue: Issue): Fix[] {
  const scene = { flow, manifests, issue };
  const count = (now: FlowDocument): number => countAt(issue, validateFlow(now, manifests).issues);
  const guards = guardsFor(scene);
  const before = guards.length === 0 ? 0 : count(flow);
  const guard = guards.find(({ apply }) => count(apply(flow)) < before);
  return [...plain(scene), ...(guard === undefined ? [] : [guard])];
}

/** The same for a large document: tried on another thread. */
export async function fixesAside(
  flow: FlowDocument,
  manifests: readonly NodeManifest[],
  issue: Issue,
  checker: Checker = pageChecker,
): Promise<Fix[]> {
  const scene = { flow, manifests, issue };
  const count = async (now: FlowDocument): Promise<number> =>
    countAt(issue, await checker.check({ flow: now, manifests }));
  const fixes = plain(scene);
  const guards = guardsFor(scene);
  const before = guards.length === 0 ? 0 : await count(flow);
  for (const guard of guards) if ((await count(guard.apply(flow))) < before) return [...fixes, guard];
  return fixes;
}

function countAt({ pointer }: Issue, issues: readonly Issue[]): number {
  return issues.filter((one) => one.pointer === pointer).length;
}

/** Those that need not be tried. */
function plain(scene: Scene): Fix[] {
  const { issue } = scene;
  const known: { readonly [code: string]: ((scene: Scene) => Fix[]) | undefined } = BY_CODE;
  const isShape = issue.range === undefined && Object.hasOwn(known, issue.code);
  const own = isShape ? known[issue.code]?.(scene) : undefined;
  return [...(own ?? []), ...suggestion(scene)];
}

function unconnected({ flow, manifests, issue }: Scene): Fix[] {
  const place = [...walkNodes(flow)].findLast(({ pointer }) => `${issue.pointer}/`.startsWith(`${pointer}/`));
  if (place === undefined) return [];
  const named = valueAt(flow, issue.pointer);
  const used = new Set(
    [...allEdges(flow).values()].flatMap(({ edge }) => (edge.from === place.id ? [edge.port ?? "out"] : [])),
  );
  const ports = declaredPorts(manifestOf(flow, manifests, place.node.type), place.node) ?? [];
  const open =
    typeof named === "string" ? [named] : ports.filter((port) => !used.has(port) && issue.message.includes(port));
  const port = open[0] ?? ports.find((one) => !used.has(one));
  if (port === undefined) return [];
  return [{ label: "endHere", values: { port }, apply: (now) => connect(now, { from: place.id, port, to: END }) }];
}

/** The edge that an issue points into. */
function edgeAt({ flow, issue }: Scene): string | undefined {
  const parts = pointerParts(issue.pointer);
  const at = parts.lastIndexOf("edges");
  const graph = [...walkGraphs(flow)].find(({ pointer }) => pointer === toPointer(parts.slice(0, at)));
  const edge = graph?.graph.edges[Number(parts[at + 1])];
  return [...allEdges(flow).values()].find((place) => place.edge === edge)?.id;
}

function edgeRemoval(scene: Scene): Fix[] {
  const edge = edgeAt(scene);
  return edge === undefined ? [] : [{ label: "removeEdge", apply: (flow) => disconnect(flow, [edge]) }];
}

/** If only one port is open, the edge was meant to leave there. */
function wrongPort(scene: Scene): Fix[] {
  const { flow, manifests } = scene;
  const id = edgeAt(scene);
  const edge = id === undefined ? undefined : allEdges(flow).get(id)?.edge;
  const node = edge && allNodes(flow).get(edge.from)?.node;
  if (id === undefined || edge === undefined || node === undefined) return edgeRemoval(scene);
  const used = new Set([...allEdges(flow).values()].map((one) => `${one.edge.from} ${one.edge.port ?? "out"}`));
  const open = (declaredPorts(manifestOf(flow, manifests, node.type), node) ?? []).filter(
    (port) => !used.has(`${edge.from} ${port}`),
  );
  const [port] = open;
  if (port === undefined || open.length > 1) return edgeRemoval(scene);
  return [{ label: "usePort", values: { port }, apply: (now) => reconnect(now, id, { port }) }, ...edgeRemoval(scene)];
}

function noStart({ flow, issue }: Scene): Fix[] {
  const graph = [...walkGraphs(flow)].find(({ pointer }) => issue.pointer === `${pointer}/edges`);
  const entered = new Set(graph?.graph.edges.map(({ to }) => to));
  const first = Object.keys(graph?.graph.nodes ?? {}).find((id) => !entered.has(id));
  if (graph === undefined || first === undefined) return [];
  return [{ label: "startHere", values: { node: first }, apply: (now) => connect(now, { from: START, to: first }) }];
}

function unreachable({ flow, issue }: Scene): Fix[] {
  const place = [...walkNodes(flow)].find(({ pointer }) => pointer === issue.pointer);
  if (place === undefined) return [];
  const { id } = place;
  return [{ label: "deleteNode", values: { node: id }, apply: (now) => deleteNodes(now, [id], { heal: true }) }];
}

/** Takes away what the issue points at. */
function removal({ flow, issue }: Scene): Fix[] {
  if (valueAt(flow, issue.pointer) === undefined) return [];
  return [{ label: "remove", apply: (now) => withText(now, issue.pointer, undefined) }];
}

/** “Did you mean "refundAmount"?” */
function suggestion({ issue }: Scene): Fix[] {
  const meant = /^Did you mean "([^"]+)"\?$/.exec(issue.hint ?? "")?.[1];
  if (meant === undefined || issue.range === undefined) return [];
  const { pointer, range } = issue;
  const apply = (flow: FlowDocument): FlowDocument =>
    edited(
      flow,
      pointer,
      (text) => text.slice(0, range.start) + quotedLike(text, range.start, meant) + text.slice(range.end),
    );
  return [{ label: "useInstead", values: { name: meant }, apply }];
}

/** A text in quotes stays one. */
function quotedLike(text: string, start: number, meant: string): string {
  const sign = text[start];
  return sign === '"' || sign === "'" ? sign + meant + sign : meant;
}

/** What stands in for something that may be absent; the first that makes sense of the expression is offered. */
const STAND_INS = ['""', "0", "false", "[]", "{}"];

/** `nodes.a.x` → `nodes.?a.x.orValue("")`, where validation says that it may be absent. The first that helps is meant. */
function guardsFor({ flow, issue }: Scene): Fix[] {
  const { range, pointer } = issue;
  const text = valueAt(flow, pointer);
  const name = /^Write (?:\S*)\.\?(\w+) and \.orValue/.exec(issue.hint ?? "")?.[1];
  if (range === undefined || name === undefined || typeof text !== "string") return [];
  const at = text.slice(0, range.end).lastIndexOf(`.${name}`);
  const dot = at >= range.start - 1 ? at : text.indexOf(`.${name}`, range.start);
  if (dot === -1) return [];
  const chain = /^(?:\.\w+)*/.exec(text.slice(dot + 1 + name.length))?.[0] ?? "";
  const end = dot + 1 + name.length + chain.length;
  return STAND_INS.map((value) => {
    const guarded = `${text.slice(0, dot)}.?${name}${chain}.orValue(${value})${text.slice(end)}`;
    return {
      label: "guard",
      values: { value },
      apply: (now) => edited(now, pointer, (found) => (found === text ? guarded : found)),
    };
  });
}

function edited(flow: FlowDocument, pointer: string, change: (text: string) => string): FlowDocument {
  const text = valueAt(flow, pointer);
  return typeof text === "string" ? withText(flow, pointer, change(text)) : flow;
}

/** The same document where it would not be one any more. */
function withText(flow: FlowDocument, pointer: string, value: string | undefined): FlowDocument {
  const parsed = parseFlow(withValue(flow, pointerParts(pointer), value));
  return parsed.ok ? applyChanges(flow, changesBetween(flow, parsed.flow)).document : flow;
}
