/** A node's params against its type's manifest, templates aside: they are checked with the expressions. */
import { DEFAULT_CALENDAR } from "../calendar/calendar.ts";
import type { NodeManifest } from "../contract/manifest.ts";
import type { Json, JsonObject } from "../json.ts";
import type { Issue } from "../document/issue.ts";
import { isJsonObject } from "../document/json-field.ts";
import { isDuration } from "../document/duration.ts";
import { joinPointer, valueAt } from "../document/pointer.ts";
import { compileSchema } from "../json-schema/compile.ts";
import type { CompiledSchema, SchemaError } from "../json-schema/compile.ts";
import { issueOf } from "./codes.ts";
import { isTemplate, walkParams } from "./param-walk.ts";
import type { ParamPlace } from "./param-walk.ts";
import { schemaIssues } from "./schema-rules.ts";

export interface ParamOptions {
  /** Ids of flows that exist; absent: not checked. */
  readonly flows?: ReadonlySet<string>;
  /** Names of calendars beside the default one; absent: not checked. */
  readonly calendars?: ReadonlySet<string>;
}

/** @param pointer where in the document the params stand */
export function paramIssues(
  manifest: NodeManifest,
  params: JsonObject,
  pointer: string,
  options: ParamOptions,
): Issue[] {
  const places = [...walkParams(manifest.params, params)].flatMap((place) => [
    ...placeIssues(place, pointer, options),
    ...repeatedNames(place, pointer),
  ]);
  const said = new Set(places.map((issue) => issue.pointer));
  return [...schemaFit(manifest, params, pointer).filter((issue) => !said.has(issue.pointer)), ...places];
}

function placeIssues(place: ParamPlace, base: string, options: ParamOptions): Issue[] {
  const pointer = base + place.pointer;
  const { value } = place;
  switch (place.role) {
    case "schema":
      return schemaIssues(value, pointer);
    case "literal":
      if (!isTemplate(value)) return [];
      return [issueOf("template_not_allowed", pointer, "This text is taken as it is; “{{” begins no expression here.")];
    case "flow":
      if (typeof value !== "string" || options.flows === undefined || options.flows.has(value)) return [];
      // Flows that run each other have to come one after the other, so this keeps nobody from publishing.
      return [
        issueOf(
          "unknown_flow",
          pointer,
          `There is no flow “${value}” yet.`,
          "Publish it before this one is to run it.",
        ),
      ];
    case "calendar":
      if (typeof value !== "string" || value === DEFAULT_CALENDAR || options.calendars?.has(value) !== false) return [];
      return [
        issueOf(
          "unknown_calendar",
          pointer,
          `There is no calendar “${value}”.`,
          `There are ${[DEFAULT_CALENDAR, ...options.calendars].join(", ")}.`,
        ),
      ];
    case "duration":
      if (typeof value !== "string" || isDuration(value)) return [];
      return [issueOf("invalid_duration", pointer, `“${value}” is not a duration.`, "Write 30s, 15m, 2h or 7d.")];
    default:
      return [];
  }
}

/** Elements of a list that are told apart by a field of theirs (`x-unique`), and are not. */
function repeatedNames({ schema, value, pointer }: ParamPlace, base: string): Issue[] {
  const field = isJsonObject(schema) ? schema["x-unique"] : undefined;
  if (typeof field !== "string" || !Array.isArray(value)) return [];
  const seen = new Set<Json>();
  return value.flatMap((element, index) => {
    const name = isJsonObject(element) ? element[field] : undefined;
    if (typeof name !== "string") return [];
    const at = joinPointer(pointer, String(index), field);
    const isRepeated = seen.has(name);
    seen.add(name);
    return isRepeated
      ? [
          issueOf(
            "invalid_param",
            base + at,
            `“${at.slice(1)}” must differ from the others.`,
            `There are two “${name}”.`,
          ),
        ]
      : [];
  });
}

/** What the schema refuses, except where a template's value, which nobody knows yet, decides. */
function schemaFit(manifest: NodeManifest, params: JsonObject, base: string): Issue[] {
  const result = compiled(manifest).validate(params);
  if (result.ok) return [];
  return result.errors
    .filter((error) => error.keyword !== "additionalProperties" && !isUndecided(error, params))
    .map((error) => fromSchemaError(error, base));
}

function isUndecided({ pointer, keyword }: SchemaError, params: JsonObject): boolean {
  const value = valueAt(params, pointer);
  if (value === undefined) return false;
  if (isTemplate(value)) return true;
  const aboutContents = ["anyOf", "oneOf", "not", "uniqueItems", "contains", "const", "enum"].includes(keyword);
  return aboutContents && holdsTemplate(value);
}

function holdsTemplate(value: Json): boolean {
  if (typeof value !== "object" || value === null) return isTemplate(value);
  return Object.values(value).some(holdsTemplate);
}

function fromSchemaError({ pointer, keyword, message }: SchemaError, base: string): Issue {
  const at = base + pointer;
  const name = pointer === "" ? "This node" : `“${pointer.slice(1)}”`;
  if (keyword === "required") return issueOf("missing_param", at, `${name} ${message}.`);
  if (keyword === "false") {
    return issueOf("unknown_param", at, `${name} ${message}.`, "Check the spelling, or remove it.");
  }
  return issueOf("invalid_param", at, `${name} ${message}.`);
}

const schemas = new WeakMap<JsonObject, CompiledSchema>();

/** Manifests live long; their schemas are compiled once. */
function compiled({ params }: NodeManifest): CompiledSchema {
  if (!isJsonObject(params)) return compileSchema(params);
  const known = schemas.get(params) ?? compileSchema(params);
  schemas.set(params, known);
  return known;
}

/** The pointer of the loop's body in the params, if the type is a loop. */
export function bodyPlace(manifest: NodeManifest): string | undefined {
  const properties = isJsonObject(manifest.params) ? manifest.params["properties"] : undefined;
  if (!isJsonObject(properties)) return undefined;
  const found = Object.entries(properties).find(([, schema]) => isJsonObject(schema) && schema["x-body"] === true);
  return found && joinPointer("", found[0]);
}
