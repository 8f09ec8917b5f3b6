/** Everything that can be inserted at a place, as a tree: nodes' outputs, the input, and what else may be read. */
import { completionsAt } from "@holdfast/dsl";
import type { Completion, Json, Roots, TypeEnv } from "@holdfast/dsl";

export interface OutputItem {
  /** The path to it, with `.?` where it may be absent. Unique in the tree. */
  readonly path: string;
  readonly label: string;
  /** What is inserted: for data that may be absent, a form that can't fail. Undefined: only what is in it can be. */
  readonly expression?: string;
  /** "text", "a number or null". */
  readonly type: string;
  /** Why it may be absent. */
  readonly detail: string;
  /** Its value in the sample. */
  readonly sample?: Json;
  readonly children: readonly OutputItem[];
}

/** Deeper than this nobody looks, and a schema may refer to itself. */
const DEEPEST = 5;

/** What a person calls a node. */
export type NodeName = (id: string) => string;

/** What is nearest to the reader comes first: the event or the item, then the outputs of nodes, then the rest. */
export function outputsTree(env: TypeEnv, nodeName: NodeName, sample: Roots = {}): OutputItem[] {
  const roots = fieldsAt("", env);
  const plain = (name: string): OutputItem[] => {
    const root = roots.find(({ label }) => label === name);
    return root === undefined ? [] : [whole(itemOf(root, "", env, { sample, depth: 0 }))];
  };
  const nodes = (name: "nodes" | "errors" | "ports"): OutputItem[] =>
    roots.some(({ label }) => label === name) ? nodeItems(name, env, nodeName, sample) : [];
  return [
    ...["event", "item", "index", "last"].flatMap(plain),
    ...nodes("nodes").toReversed(),
    ...["input", "trigger", "run"].flatMap(plain),
    ...group("errors", nodes("errors")),
  ];
}

function group(label: string, children: readonly OutputItem[]): OutputItem[] {
  return children.length === 0 ? [] : [{ path: label, label, type: "", detail: "", children }];
}

function nodeItems(root: "nodes" | "errors" | "ports", env: TypeEnv, nodeName: NodeName, sample: Roots): OutputItem[] {
  return fieldsAt(root, env).flatMap((completion): OutputItem[] => {
    const item = itemOf(completion, root, env, { sample, depth: 0 });
    // A branch gives an object without fields: nothing that anybody would insert.
    if (item.type === "an object" && item.children.length === 0) return [];
    return [{ ...whole(item), label: nodeName(completion.label) }];
  });
}

/** An object put into a text is JSON; what is meant is something in it. */
function whole(item: OutputItem): OutputItem {
  if (item.children.length === 0) return item;
  const { expression: _, ...rest } = item;
  return rest;
}

interface Within {
  readonly sample: Roots;
  readonly depth: number;
}

function itemOf(completion: Completion, parent: string, env: TypeEnv, { sample, depth }: Within): OutputItem {
  const { label, type, detail, insert } = completion;
  const absent = insert.startsWith("?");
  const path = parent === "" ? label : `${parent}.${absent ? "?" : ""}${label}`;
  const value = valueOfPath(path, sample);
  const inner =
    depth < DEEPEST ? fieldsAt(path, env).map((field) => itemOf(field, path, env, { sample, depth: depth + 1 })) : [];
  return {
    path,
    label,
    expression: parent === "" ? insert : applied(completion, parent),
    type,
    detail,
    ...(value !== undefined && { sample: value }),
    children: inner,
  };
}

/** The whole expression that a completion makes of the path before it. */
function applied({ insert, start, end }: Completion, parent: string): string {
  const text = `${parent}.`;
  return text.slice(0, start) + insert + text.slice(end);
}

/** The fields behind a path, functions left out. */
function fieldsAt(path: string, env: TypeEnv): Completion[] {
  const text = path === "" ? "" : `${path}.`;
  return completionsAt(text, text.length, env).filter(({ kind }) => kind !== "function");
}

/** The value at `nodes.?a.b` in a sample; undefined where it has none. */
export function valueOfPath(path: string, roots: Roots): Json | undefined {
  let value: Json | undefined = undefined;
  for (const [depth, name] of path.replaceAll("?", "").split(".").entries()) {
    if (depth === 0) {
      value = roots[name];
      continue;
    }
    if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, name)) {
      return undefined;
    }
    value = value[name];
  }
  return value;
}

/** The tree with only what holds the typed letters, in a label or in the path; what is around a match stays. */
export function filterTree(items: readonly OutputItem[], typed: string): OutputItem[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return [...items];
  return items.flatMap((item): OutputItem[] => {
    const fits =
      item.label.toLowerCase().includes(wanted) || item.path.replaceAll("?", "").toLowerCase().endsWith(wanted);
    if (fits) return [item];
    const children = filterTree(item.children, typed);
    return children.length === 0 ? [] : [{ ...item, children }];
  });
}
