/**
 * Where expressions stand in a node's params: the manifest's schema says, by its hints, which strings are conditions,
 * which are taken as they are, and which are templates (all others).
 */
import type { Json, JsonObject, JsonSchema } from "../json.ts";
import { union } from "../json-schema/shape.ts";
import { resolveLocal } from "../json-schema/local-ref.ts";
import { isJsonObject } from "../document/json-field.ts";
import { joinPointer } from "../document/pointer.ts";
import { escapeOf, type Escape } from "./render.ts";
import { isTemplate } from "./scan.ts";

/** A string in the params that holds an expression. */
export interface ExpressionSite {
  readonly kind: "condition" | "template";
  /** JSON pointer into the params. */
  readonly pointer: string;
  readonly source: string;
  /** Roots the schema adds for this place (`x-roots`). */
  readonly roots: readonly string[];
  /** Only those roots can be read here (`x-roots-only`). */
  readonly rootsOnly: boolean;
  /** `x-escape`: in what inserted values are made safe. */
  readonly escape: Escape;
  /** What the schema wants here; `true` where it says nothing. */
  readonly schema: JsonSchema;
}

/** How a place in the params is read. */
export interface Place {
  /** All subschemas that speak about this place. */
  readonly schemas: readonly JsonObject[];
  /** `skip`: kept as it is (`x-literal`, `x-body`). */
  readonly mode: "template" | "condition" | "skip";
}

/** All expressions in the params, in document order. The body of a loop is not looked into. */
export function* expressionSites(params: Json, schema: JsonSchema): Generator<ExpressionSite> {
  yield* sitesAt(params, "", placeOf([schema], schema), schema);
}

function* sitesAt(value: Json, pointer: string, place: Place, root: JsonSchema): Generator<ExpressionSite> {
  if (place.mode === "skip") return;
  if (typeof value === "string") {
    if (place.mode === "condition" || isTemplate(value)) yield siteOf(value, pointer, place, place.mode);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  const entries: [string | number, Json][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  for (const [key, item] of entries) {
    yield* sitesAt(item, joinPointer(pointer, key), placeBelow(place, key, value, root), root);
  }
}

function siteOf(source: string, pointer: string, place: Place, kind: "condition" | "template"): ExpressionSite {
  const roots = place.schemas.flatMap((schema) => stringsIn(schema["x-roots"]));
  return {
    kind,
    pointer,
    source,
    roots,
    rootsOnly: place.schemas.some((schema) => schema["x-roots-only"] === true),
    escape: escapeOf(place.schemas),
    schema: union(place.schemas),
  };
}

function stringsIn(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** The place at the top of the params. */
export function rootPlace(schema: JsonSchema): Place {
  return placeOf([schema], schema);
}

/** The place of a property or an element. */
export function placeBelow(place: Place, key: string | number, parent: Json, root: JsonSchema): Place {
  const fitting = place.schemas.filter((schema) => couldDescribe(schema, parent));
  const below = fitting.flatMap((schema) => subschemas(schema, key));
  return placeOf(below, root);
}

function placeOf(schemas: readonly JsonSchema[], root: JsonSchema): Place {
  const flat = schemas.flatMap((schema) => flatten(schema, root, new Set()));
  if (flat.some((schema) => schema["x-literal"] === true || schema["x-body"] === true)) {
    return { schemas: flat, mode: "skip" };
  }
  const condition = flat.some((schema) => schema["x-expression"] === "condition");
  return { schemas: flat, mode: condition ? "condition" : "template" };
}

/** The schema itself and everything it combines, local references followed. */
function flatten(schema: JsonSchema | Json, root: JsonSchema, seen: Set<JsonObject>): JsonObject[] {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema) || seen.has(schema)) return [];
  seen.add(schema);
  const parts = [schema["allOf"], schema["anyOf"], schema["oneOf"]].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  const target = schema["$ref"];
  if (typeof target === "string") {
    const referred = resolveLocal(target, root);
    if (referred !== undefined) parts.push(referred);
  }
  return [schema, ...parts.flatMap((part) => flatten(part, root, seen))];
}

function subschemas(schema: JsonObject, key: string | number): JsonSchema[] {
  if (typeof key === "number") {
    const prefix = schema["prefixItems"];
    const own = Array.isArray(prefix) ? prefix[key] : undefined;
    return asSchemas(own ?? schema["items"]);
  }
  const properties = schema["properties"];
  if (isJsonObject(properties) && Object.hasOwn(properties, key)) return asSchemas(properties[key]);
  return asSchemas(schema["additionalProperties"]);
}

function asSchemas(value: Json | undefined): JsonSchema[] {
  return typeof value === "boolean" || isJsonObject(value) ? [value] : [];
}

/** Rules out the other members of a union that a constant tells apart. */
function couldDescribe(schema: JsonObject, value: Json): boolean {
  const properties = schema["properties"];
  if (!isJsonObject(value) || !isJsonObject(properties)) return true;
  return Object.entries(properties).every(([key, property]) => {
    const actual = value[key];
    if (actual === undefined || typeof actual === "object" || !isJsonObject(property)) return true;
    if (property["const"] !== undefined) return property["const"] === actual;
    return true;
  });
}
