/** What differs between two documents, by the card it is about, in the words of the forms. */
import {
  applyChanges,
  bodyOf,
  changesBetween,
  diffFlows,
  invertChanges,
  placeOfChange,
  pointerParts,
  type Change,
  type DocumentChange,
  type FlowDocument,
  type Json,
  type NodeManifest,
  type NodeSpec,
} from "@holdfast/dsl";
import { nameOf } from "../canvas/node-facts.ts";
import { localManifest, portWord } from "../canvas/node-words.ts";
import { renameNode } from "../flow/change-node.ts";
import { allNodes } from "../flow/graphs.ts";
import type { Language } from "../words/language.ts";
import { translator } from "../words/use-words.tsx";
import { fieldName } from "./place-name.tsx";
import { words } from "./words.ts";

export interface ChangeRow {
  readonly key: string;
  readonly label: string;
  readonly before?: Json;
  readonly after?: Json;
}

export interface ChangeGroup {
  /** A node's id, or the section of the document. */
  readonly key: string;
  readonly kind: "added" | "changed" | "removed";
  /** The card; absent for what has none. */
  readonly node?: string;
  readonly title: string;
  readonly rows: readonly ChangeRow[];
  /** The id that the node had. */
  readonly renamedFrom?: string;
}

export interface Compared {
  readonly before: FlowDocument;
  readonly after: FlowDocument;
  readonly manifests: readonly NodeManifest[];
  readonly language: Language;
}

export function changeGroups(compared: Compared): readonly ChangeGroup[] {
  const { changes } = diffFlows(compared.before, compared.after);
  const byKey = new Map<string, Change[]>();
  for (const change of changes) {
    const key = placeOfChange(change.subject);
    byKey.set(key, [...(byKey.get(key) ?? []), change]);
  }
  const order = [...allNodes(compared.after).keys(), ...allNodes(compared.before).keys()];
  return [...byKey]
    .map(([key, own]) => groupOf(key, own, compared))
    .toSorted((a, b) => rank(a, order) - rank(b, order));
}

function rank({ node, key }: ChangeGroup, order: readonly string[]): number {
  if (key === "start") return 0;
  return node === undefined ? -1 : 1 + order.indexOf(node);
}

function groupOf(key: string, changes: readonly Change[], compared: Compared): ChangeGroup {
  if (key.startsWith("/")) return sectionOf(key.slice(1), changes, compared);
  const { before, after, language } = compared;
  const t = translator(words, language);
  const rename = changes.find((change) => change.kind === "renamed");
  const was = allNodes(before).get(rename?.before ?? key)?.node;
  const is = allNodes(after).get(key)?.node;
  const title = key === "start" ? t("start") : nameOf(key, is ?? was);
  if (key !== "start" && was === undefined && is !== undefined) {
    return {
      key,
      node: key,
      kind: "added",
      title,
      rows: [...paramRows(key, is, compared, "after"), ...edgeRows(changes, compared)],
    };
  }
  if (key !== "start" && is === undefined && was !== undefined) {
    return { key, node: key, kind: "removed", title, rows: [kindRow(was, compared), ...edgeRows(changes, compared)] };
  }
  const rows = changes.flatMap((change) => nodeRow(key, change, { ...compared, type: is?.type ?? "" }));
  const renamed = rename === undefined ? {} : { renamedFrom: rename.before };
  return { key, node: key, kind: "changed", title, rows: [...rows, ...edgeRows(changes, compared)], ...renamed };
}

function nodeRow(id: string, change: Change, compared: Compared & { readonly type: string }): ChangeRow[] {
  const { language, type, manifests, after, before } = compared;
  const t = translator(words, language);
  if (change.subject.type !== "node") return [];
  if (change.kind === "renamed") return [{ key: "id", label: t("id"), before: change.before, after: change.after }];
  if (change.kind === "moved") {
    const loop = (flow: FlowDocument, scope: string): string => {
      const owner = pointerParts(scope).at(-3);
      return owner === undefined ? t("outside") : t("inLoop", { name: nameOf(owner, allNodes(flow).get(owner)?.node) });
    };
    return [{ key: "loop", label: t("loop"), before: loop(before, change.before), after: loop(after, change.after) }];
  }
  const parts = pointerParts(change.pointer);
  const path = parts.slice(parts.lastIndexOf(id, idAt(parts, id)) + 1);
  const manifest = manifests.find((one) => one.type === type);
  return [
    {
      key: change.pointer,
      label: fieldName(path, { type, manifest, language }),
      ...("before" in change ? { before: change.before } : {}),
      ...("after" in change ? { after: change.after } : {}),
    },
  ];
}

function idAt(parts: readonly string[], id: string): number {
  const at = parts.findLastIndex((part, index) => part === id && parts[index - 1] === "nodes");
  return at === -1 ? 0 : at;
}

/** How many fields of a new node say what it is. */
const MOST_FIELDS = 5;

function paramRows(id: string, node: NodeSpec, compared: Compared, side: "before" | "after"): ChangeRow[] {
  const { manifests, language } = compared;
  const manifest = manifests.find((one) => one.type === node.type);
  const fields = Object.entries(node.params).filter(([key]) => key !== "body");
  return [
    kindRow(node, compared),
    ...fields.slice(0, MOST_FIELDS).map(([key, value]) => ({
      key: `${id}/${key}`,
      label: fieldName(["params", key], { type: node.type, manifest, language }),
      [side]: value,
    })),
    ...(bodyOf(node) === undefined
      ? []
      : [{ key: "body", label: translator(words, language)("body"), [side]: Object.keys(bodyOf(node)?.nodes ?? {}) }]),
  ];
}

function kindRow(node: NodeSpec, { manifests, language }: Compared): ChangeRow {
  const manifest = manifests.find((one) => one.type === node.type);
  const name = manifest === undefined ? node.type : localManifest(manifest, language).title;
  return { key: "type", label: translator(words, language)("type"), after: name, before: name };
}

/** One row for each outcome: where it led and where it leads. */
function edgeRows(changes: readonly Change[], { before, after, language }: Compared): ChangeRow[] {
  const t = translator(words, language);
  const ports = new Map<string, { before: string[]; after: string[] }>();
  for (const change of changes) {
    if (change.subject.type !== "edge") continue;
    const { port, to } = change.subject;
    const flow = change.kind === "removed" ? before : after;
    const name = to === "end" ? t("end") : nameOf(to, allNodes(flow).get(to)?.node);
    const row = ports.get(port) ?? { before: [], after: [] };
    row[change.kind === "removed" ? "before" : "after"].push(name);
    ports.set(port, row);
  }
  return [...ports].map(([port, row]) => ({
    key: `edge ${port}`,
    label: port === "out" ? t("goesToOnly") : t("goesTo", { port: portWord(port, language) }),
    ...(row.before.length === 0 ? {} : { before: row.before.join(", ") }),
    ...(row.after.length === 0 ? {} : { after: row.after.join(", ") }),
  }));
}

const SECTIONS = ["flow", "triggers", "input", "settings", "uses", "tests"] as const;

function sectionOf(type: string, changes: readonly Change[], { before, after, language }: Compared): ChangeGroup {
  const t = translator(words, language);
  const title = t(SECTIONS.find((name) => name === type) ?? "flow");
  const rows = changes.map((change): ChangeRow => {
    const parts = pointerParts(change.pointer);
    const [first, ...rest] = parts;
    const own = (["name", "description", "id"] as const).find((name) => name === first);
    const flow = change.kind === "removed" ? before : after;
    const scenario = first === "tests" ? flow.tests?.[Number(rest[0])]?.name : undefined;
    const path = (scenario === undefined ? rest : rest.slice(1)).map((part) =>
      /^\d+$/.test(part) ? String(Number(part) + 1) : part,
    );
    const head = scenario === undefined ? own && t(own) : t("scenario", { name: scenario });
    return {
      key: change.pointer,
      label: [head, ...path].filter((part) => part !== undefined).join(" · "),
      ...("before" in change ? { before: change.before } : {}),
      ...("after" in change ? { after: change.after } : {}),
    };
  });
  return { key: `/${type}`, kind: "changed", title, rows, ...(type === "triggers" ? { node: "start" } : {}) };
}

/** The document with one group taken back, as far as nobody has changed its places since. */
export function withoutGroup(flow: FlowDocument, group: ChangeGroup, compared: Compared): FlowDocument {
  if (group.renamedFrom !== undefined) return renameNode(flow, compared.manifests, group.key, group.renamedFrom);
  const changes = changesBetween(compared.before, compared.after).filter((change) => isOf(change, group));
  const { document } = applyChanges(flow, invertChanges(changes));
  return withoutLooseEdges(document, group);
}

function isOf({ path }: DocumentChange, { key, kind }: ChangeGroup): boolean {
  if (key === "/flow") return path[0] === "name" || path[0] === "description";
  if (key.startsWith("/")) return path[0] === key.slice(1);
  if (path[0] === "layout") return path[1] === key && kind !== "changed";
  if (path.at(-2) === "edges") {
    const [from = "", , to = ""] = (path.at(-1) ?? "").split(/[|#]/);
    const loop = path.length > 2 ? path.at(-5) : "start";
    const owner = from === "start" ? loop : from;
    return owner === key || (kind !== "changed" && to === key);
  }
  const at = path.lastIndexOf("nodes");
  return at !== -1 && path[at + 1] === key;
}

/** What was brought back must not lead to what is gone. */
function withoutLooseEdges(flow: FlowDocument, { key }: ChangeGroup): FlowDocument {
  const nodes = allNodes(flow);
  const isThere = (id: string): boolean => id === "start" || id === "end" || nodes.has(id);
  const edges = flow.edges.filter(({ from, to }) => (from !== key && to !== key) || (isThere(from) && isThere(to)));
  return edges.length === flow.edges.length ? flow : { ...flow, edges };
}

/** Whether a value is text worth comparing word by word. */
export function isText(value: Json | undefined): value is string {
  return typeof value === "string" && /\s|\{\{/.test(value);
}
