/** What nodes do to the world, with the params that can do harm: those of a node, of what undoes it, of what it calls. */
import type { NodeManifest, ParamCondition, Sink } from "../../contract/manifest.ts";
import { isJsonObject } from "../../document/json-field.ts";
import { conditionHolds } from "../../document/manifest-facts.ts";
import { joinPointer } from "../../document/pointer.ts";
import type { Json, JsonObject } from "../../json.ts";
import { calledNodes } from "../called-nodes.ts";
import type { GraphNode } from "../graph.ts";
import type { ManifestIndex } from "../manifests.ts";
import { walkParams } from "../param-walk.ts";
import { referencesIn } from "./references-in.ts";
import type { Call, Place } from "./words.ts";

/** Something that a node does to the world, with the params that can do harm. */
export interface Act {
  /** Of the node, of what undoes it, or of what it calls. */
  readonly pointer: string;
  readonly places: readonly Place[];
  /** Whether it hands on what the flow has found out. */
  readonly own: boolean;
  /** What a model may fill in as it likes, without anybody being asked. */
  readonly byModel?: Call;
}

export function actsOf({ spec, manifest, pointer }: GraphNode, manifests: ManifestIndex): readonly Act[] {
  const { compensate } = spec;
  const undoing = compensate && manifests.manifestOf(compensate.type);
  const at = joinPointer(pointer, "compensate");
  return [
    ...(manifest === undefined ? [] : actOf(manifest, spec.params, pointer)),
    ...(manifest === undefined ? [] : callsOf(manifest, spec.params, joinPointer(pointer, "params"), manifests)),
    ...(undoing === undefined || compensate === undefined ? [] : actOf(undoing, compensate.params, at)),
  ];
}

function actOf(manifest: NodeManifest, params: JsonObject, pointer: string): Act[] {
  const places = placesOf(manifest, params, joinPointer(pointer, "params"));
  return places.length === 0 ? [] : [{ pointer, places, own: readsNodes(params) }];
}

/** What the node calls itself: where a person is asked first, it is theirs. */
function callsOf(manifest: NodeManifest, params: JsonObject, at: string, manifests: ManifestIndex): Act[] {
  const asked = placesAsked(manifest, params);
  return calledNodes(manifest, params).flatMap(({ pointer, type, isGiven, spec }): Act[] => {
    const called = manifests.manifestOf(type);
    if (called === undefined || asked.has(parentOf(pointer))) return [];
    const fixed = isGiven ? spec : objectAt(spec, "params");
    const open = isJsonObject(spec["arguments"]) ? Object.keys(propertiesOf(spec["arguments"])) : [];
    const places = placesOf(called, fixed, joinPointer(at + pointer, "params"));
    const given = Object.entries(propertiesOf(called.params)).flatMap(([name, schema]) => {
      const sink = isJsonObject(schema) ? sinkOf(schema, fixed) : undefined;
      return sink !== undefined && (open.includes(name) || sink === "payment") ? [sink] : [];
    });
    const [worst] = given.toSorted((a, b) => Number(b === "payment") - Number(a === "payment"));
    // In a form of its own it is filled in by rules of its own: only whether it pays can be told.
    if (worst === undefined && (isGiven || places.length === 0)) return [];
    const byModel = worst === undefined ? {} : { byModel: { sink: worst, pointer: at + pointer, type } };
    return [{ pointer: at + pointer, places: worst === "payment" ? [] : places, own: true, ...byModel }];
  });
}

function objectAt(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isJsonObject(value) ? value : {};
}

/** Beside what a node calls: whoever is asked before. */
function placesAsked(manifest: NodeManifest, params: JsonObject): ReadonlySet<string> {
  const asked = [...walkParams(manifest.params, params)].filter(
    ({ schema }) => isJsonObject(schema) && schema["x-asks"] === true,
  );
  return new Set(asked.map(({ pointer }) => parentOf(pointer)));
}

const parentOf = (pointer: string): string => pointer.slice(0, pointer.lastIndexOf("/"));

function propertiesOf(schema: Json): JsonObject {
  const properties = isJsonObject(schema) ? schema["properties"] : undefined;
  return isJsonObject(properties) ? properties : {};
}

const sensitive = new WeakMap<NodeManifest, boolean>();

/** Manifests live long; each is looked through once. */
function hasSinks(manifest: NodeManifest): boolean {
  const known = sensitive.get(manifest) ?? JSON.stringify(manifest.params).includes('"x-sink":');
  sensitive.set(manifest, known);
  return known;
}

/** What stands in sensitive params, as a whole: what it is made of may be clean in part. */
function placesOf(manifest: NodeManifest, params: JsonObject, at: string): Place[] {
  if (!hasSinks(manifest)) return [];
  return [...walkParams(manifest.params, params)].flatMap(({ pointer, value, schema }): Place[] => {
    const sink = isJsonObject(schema) ? sinkOf(schema, params) : undefined;
    if (sink === undefined || !isJsonObject(schema)) return [];
    const label = schema["x-label"];
    return [{ pointer: at + pointer, value, sink, label: typeof label === "string" ? label : pointer.slice(1) }];
  });
}

/** Whether anything but the run's own start is inserted anywhere. */
function readsNodes(params: Json): boolean {
  return referencesIn(params).some(({ root }) => !["input", "trigger", "run"].includes(root));
}

const SINKS: readonly Sink[] = ["payment", "mail", "rights"];

function sinkOf(schema: JsonObject, params: JsonObject): Sink | undefined {
  const hint = schema["x-sink"];
  if (!isJsonObject(hint)) return SINKS.find((sink) => sink === hint);
  const { when, sink: told } = hint;
  if (!isCondition(when) || !conditionHolds(when, params)) return undefined;
  return SINKS.find((sink) => sink === told);
}

function isCondition(value: Json | undefined): value is ParamCondition & JsonObject {
  return isJsonObject(value) && typeof value["pointer"] === "string";
}
