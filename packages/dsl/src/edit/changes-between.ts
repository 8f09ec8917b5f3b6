import { isEqual } from "../diff/value-diff.ts";
import type { FlowDocument } from "../document/flow.ts";
import { isJsonObject } from "../document/json-field.ts";
import type { Json, JsonObject } from "../json.ts";
import { changeOf } from "./change.ts";
import type { DocumentChange } from "./change.ts";
import { isEdgeList, keyedEdges } from "./edge-list.ts";
import { actualSpot, isSection, spotBelow } from "./spot.ts";
import type { Spot } from "./spot.ts";

/**
 * The differences between two documents, as small as they can be told: no path leads into another one. Parts that both
 * documents share are not looked into. The order of keys and edges, and an empty section instead of none, are no
 * differences.
 */
export function changesBetween(before: FlowDocument, after: FlowDocument): DocumentChange[] {
  const changes: DocumentChange[] = [];
  compareObjects({ ...before }, { ...after }, { path: [], spot: "flow", changes });
  return changes;
}

interface Scene {
  readonly path: readonly string[];
  readonly spot: Spot;
  readonly changes: DocumentChange[];
}

function compare(before: Json | undefined, after: Json | undefined, scene: Scene): void {
  if (before === after) return;
  const spot = actualSpot(scene.spot, before);
  if (isSection(spot)) {
    const [old, current] = [before ?? {}, after ?? {}];
    if (isJsonObject(old) && isJsonObject(current)) {
      compareObjects(old, current, scene);
      return;
    }
  }
  if (before === undefined || after === undefined) {
    scene.changes.push(changeOf(scene.path, before, after));
  } else if (spot === "edges" && isEdgeList(before) && isEdgeList(after)) {
    compareEntries(keyedEdges(before), keyedEdges(after), { ...scene, spot: "value" });
  } else if (isJsonObject(before) && isJsonObject(after) && spot === actualSpot(scene.spot, after)) {
    compareObjects(before, after, { ...scene, spot });
  } else if (!isEqual(before, after)) {
    scene.changes.push(changeOf(scene.path, before, after));
  }
}

function compareObjects(before: JsonObject, after: JsonObject, scene: Scene): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const path = [...scene.path, key];
    compare(own(before, key), own(after, key), { ...scene, path, spot: spotBelow(scene.spot, key) });
  }
}

function compareEntries(before: ReadonlyMap<string, Json>, after: ReadonlyMap<string, Json>, scene: Scene): void {
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [old, current] = [before.get(key), after.get(key)];
    if (old !== undefined && current !== undefined && isEqual(old, current)) continue;
    scene.changes.push(changeOf([...scene.path, key], old, current));
  }
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
