/** What an expression at one place of a document may read: for the editor that it is written in. */
import type { NodeManifest } from "../contract/manifest.ts";
import type { FlowDocument } from "../document/flow.ts";
import { isJsonObject } from "../document/json-field.ts";
import { pointerParts } from "../document/pointer.ts";
import { walkGraphs, walkNodes } from "../document/walk-nodes.ts";
import type { TypeEnv } from "../expression/check/env.ts";
import { placeBelow, rootPlace } from "../expression/sites.ts";
import type { Place } from "../expression/sites.ts";
import type { Json } from "../json.ts";
import { withExtra } from "./environment.ts";
import { mappingRoots, paramsRoots, requesterRoots } from "./expression-rules.ts";
import type { ParamsToCheck } from "./expression-rules.ts";
import { buildGraph } from "./graph.ts";
import { ManifestIndex } from "./manifests.ts";

/**
 * The types of what an expression at the pointer may read, whether or not there is one yet. Where no expression may
 * stand, nothing can be read. Never throws on a document that has the shape of one, sound or not.
 *
 * @param pointer JSON pointer into the document: into a node's params or those of its compensation, into the mapping of
 * a trigger, or to the requester in the settings
 */
export function typeEnvAt(flow: FlowDocument, manifests: readonly NodeManifest[], pointer: string): TypeEnv {
  const id = readerOf(flow, pointer);
  return typeEnvsOf(flow, manifests, id)(pointer);
}

/**
 * The same for many places of one node: what it reads is found out once. Without a node, the places outside of all.
 */
export function typeEnvsOf(
  flow: FlowDocument,
  manifests: readonly NodeManifest[],
  id: string | undefined,
): (pointer: string) => TypeEnv {
  let places: readonly ParamsToCheck[] | undefined;
  const find = (): readonly ParamsToCheck[] => {
    if (id === undefined) return [];
    const index = new ManifestIndex(manifests, flow);
    const graphs = new Map([...walkGraphs(flow)].map((walked) => [walked.pointer, buildGraph(walked, index)]));
    return [...paramsRoots(flow, graphs, index, id).values()];
  };
  const known = new Map<TypeEnv["roots"], TypeEnv>();
  const envOf = (roots: TypeEnv["roots"]): TypeEnv => {
    const env = known.get(roots) ?? { roots };
    known.set(roots, env);
    return env;
  };
  return (pointer) => {
    if (pointer === "/settings/requester") return { roots: requesterRoots(flow) };
    if (/^\/triggers\/\d+\/input(?:\/|$)/.test(pointer)) return envOf(mappingRoots);
    places ??= find();
    const place = places.find((one) => holds(one.pointer, pointer));
    return place === undefined ? NOTHING : envOf(rootsWithin(place, pointer.slice(place.pointer.length)));
  };
}

const NOTHING: TypeEnv = { roots: {} };

/** The innermost node that the pointer leads into. */
function readerOf(flow: FlowDocument, pointer: string): string | undefined {
  let found: { id: string; length: number } | undefined;
  for (const { id, pointer: at } of walkNodes(flow)) {
    if (holds(at, pointer) && at.length > (found?.length ?? -1)) found = { id, length: at.length };
  }
  return found?.id;
}

function holds(outer: string, pointer: string): boolean {
  return pointer === outer || pointer.startsWith(`${outer}/`);
}

/** The place may add roots to what the node reads, or take all others away. */
function rootsWithin({ manifest, params, roots, extra }: ParamsToCheck, pointer: string): TypeEnv["roots"] {
  const { schemas } = placeAt(rootPlace(manifest.params), params, pointer, manifest);
  const names = schemas.flatMap(({ "x-roots": listed }) =>
    Array.isArray(listed) ? listed.filter((name) => typeof name === "string") : [],
  );
  const base = schemas.some((schema) => schema["x-roots-only"] === true) ? {} : roots;
  return names.length === 0 ? base : withExtra(base, names, extra);
}

function placeAt(start: Place, params: Json, pointer: string, manifest: NodeManifest): Place {
  let place = start;
  let value: Json | undefined = params;
  for (const part of pointerParts(pointer)) {
    const key = isIndex(part, value, place) ? Number(part) : part;
    place = placeBelow(place, key, value ?? {}, manifest.params);
    value = childOf(value, part);
  }
  return place;
}

/** What is not there yet has the shape that its schema asks for. */
function isIndex(part: string, value: Json | undefined, place: Place): boolean {
  if (!/^\d+$/.test(part)) return false;
  return value === undefined ? place.schemas.some((schema) => schema["type"] === "array") : Array.isArray(value);
}

function childOf(value: Json | undefined, part: string): Json | undefined {
  if (Array.isArray(value)) return value[Number(part)];
  return isJsonObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
}
