import { isEqual } from "../diff/value-diff.ts";
import type { FlowDocument } from "../document/flow.ts";
import { isJsonObject } from "../document/json-field.ts";
import type { Json, JsonObject } from "../json.ts";
import type { ChangeConflict, DocumentChange } from "./change.ts";
import { isEdge, isEdgeList, keyedEdges, withSortedEdges } from "./edge-list.ts";
import { actualSpot, isSection, spotBelow } from "./spot.ts";
import type { Spot } from "./spot.ts";

export interface AppliedChanges {
  /** Shares with the document before all that no change touched. */
  readonly document: FlowDocument;
  readonly conflicts: ChangeConflict[];
}

/**
 * The document with the changes made. A change whose place holds neither its `before` nor its `after` is a conflict and
 * is left out; one that has been made already is neither. Never throws.
 *
 * Changes from outside can leave a document that has not the shape of one below its first level: check it with
 * `parseFlow` before it is stored.
 */
export function applyChanges(document: FlowDocument, changes: readonly DocumentChange[]): AppliedChanges {
  const conflicts: ChangeConflict[] = [];
  let root: JsonObject = document;
  for (const tree of treesOf(changes)) {
    const next = applyToObject(root, tree, "flow", conflicts);
    if (hasFirstLevel(next)) root = next;
    else conflicts.push(...changesIn(tree).map((change) => ({ change, found: undefined })));
  }
  return { document: hasFirstLevel(root) ? root : document, conflicts };
}

/** Changes by the steps of their paths, so that each object is copied once. */
interface Tree {
  change?: DocumentChange;
  readonly below: Map<string, Tree>;
}

/** As few trees as possible: a change whose path leads into or out of one before it begins a new tree. */
function treesOf(changes: readonly DocumentChange[]): Tree[] {
  const trees: Tree[] = [];
  for (const change of changes) {
    const last = trees.at(-1);
    if (last !== undefined && plant(last, change)) continue;
    const tree: Tree = { below: new Map() };
    plant(tree, change);
    trees.push(tree);
  }
  return trees;
}

/** Nothing is planted where it would meet another change. */
function plant(tree: Tree, change: DocumentChange): boolean {
  let at: Tree | undefined = tree;
  for (const key of change.path) {
    if (at.change !== undefined) return false;
    at = at.below.get(key);
    if (at === undefined) break;
  }
  if (at !== undefined && (at.change !== undefined || at.below.size > 0)) return false;
  let place = tree;
  for (const key of change.path) {
    const next = place.below.get(key) ?? { below: new Map<string, Tree>() };
    place.below.set(key, next);
    place = next;
  }
  place.change = change;
  return true;
}

function changesIn(tree: Tree): DocumentChange[] {
  const own = tree.change === undefined ? [] : [tree.change];
  return [...own, ...[...tree.below.values()].flatMap(changesIn)];
}

/** What stands there afterwards; absent: nothing. */
function apply(value: Json | undefined, tree: Tree, at: Spot, conflicts: ChangeConflict[]): Json | undefined {
  if (tree.change !== undefined) return replaced(value, tree.change, conflicts);
  const spot = actualSpot(at, value);
  if (spot === "edges" && isEdgeList(value)) return applyToEdges(value, tree, conflicts);
  const object = value === undefined && isSection(spot) ? {} : value;
  if (!isJsonObject(object)) {
    for (const change of changesIn(tree)) {
      if (change.after !== undefined) conflicts.push({ change, found: undefined });
    }
    return value;
  }
  const next = applyToObject(object, tree, spot, conflicts);
  if (next === object) return value;
  return isSection(spot) && Object.keys(next).length === 0 ? undefined : next;
}

function replaced(value: Json | undefined, change: DocumentChange, conflicts: ChangeConflict[]): Json | undefined {
  if (same(value, change.after)) return value;
  if (same(value, change.before)) return change.after;
  conflicts.push({ change, found: value });
  return value;
}

/** The object itself if nothing has changed. */
function applyToObject(object: JsonObject, tree: Tree, spot: Spot, conflicts: ChangeConflict[]): JsonObject {
  const news = new Map<string, Json | undefined>();
  for (const [key, below] of tree.below) {
    const old = Object.hasOwn(object, key) ? object[key] : undefined;
    const next = apply(old, below, spotBelow(spot, key), conflicts);
    if (next !== old) news.set(key, next);
  }
  if (news.size === 0) return object;
  const entries = new Map<string, Json>(Object.entries(object));
  for (const [key, value] of news) {
    if (value === undefined) entries.delete(key);
    else entries.set(key, value);
  }
  return Object.fromEntries(entries);
}

function applyToEdges(edges: Json[], tree: Tree, conflicts: ChangeConflict[]): Json[] {
  const keyed = new Map<string, Json>(isEdgeList(edges) ? keyedEdges(edges) : []);
  let changed = false;
  for (const [key, below] of tree.below) {
    const old = keyed.get(key);
    const next = apply(old, below, "value", conflicts);
    if (next === old) continue;
    if (next !== undefined && !isEdge(next)) {
      conflicts.push(...changesIn(below).map((change) => ({ change, found: old })));
      continue;
    }
    changed = true;
    if (next === undefined) keyed.delete(key);
    else keyed.set(key, next);
  }
  return changed ? [...keyed.values()] : edges;
}

/** In whatever order edges stand: a loop whose body was changed and changed back is what it was. */
function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a === b || isEqual(a, b)) return true;
  return isJsonObject(a) && isJsonObject(b) && isEqual(withSortedEdges(a), withSortedEdges(b));
}

/** Looks at what every document has on its first level; all below was a document's or is for `parseFlow` to check. */
function hasFirstLevel(value: JsonObject | FlowDocument): value is FlowDocument {
  const { dsl, id, name, triggers, nodes, edges } = value;
  return (
    typeof dsl === "number" &&
    typeof id === "string" &&
    typeof name === "string" &&
    Array.isArray(triggers) &&
    isJsonObject(nodes) &&
    Array.isArray(edges)
  );
}
