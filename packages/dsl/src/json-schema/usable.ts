/** Whether a schema that somebody wrote can be used: no typing errors, nothing that would be silently ignored. */
import { RE2JS } from "re2js";
import { isJsonObject, isJsonSchema } from "../document/json-field.ts";
import { joinPointer } from "../document/pointer.ts";
import { nearest } from "../expression/nearest.ts";
import type { Json, JsonObject, JsonSchema } from "../json.ts";
import { resolveLocal } from "./local-ref.ts";
import { subschemasOf } from "./subschemas.ts";

/** What is wrong with a schema, at a JSON pointer into it. */
export interface SchemaProblem {
  readonly pointer: string;
  readonly message: string;
  readonly hint?: string;
}

const TYPES = ["string", "number", "integer", "boolean", "object", "array", "null"];
const MAX_DEPTH = 60;

type Rule = (value: Json) => string | undefined;
const isCount: Rule = (value) =>
  Number.isInteger(value) && Number(value) >= 0 ? undefined : "must be a whole number from 0 on";
const isNumber: Rule = (value) => (typeof value === "number" ? undefined : "must be a number");
const isText: Rule = (value) => (typeof value === "string" ? undefined : "must be text");
const isFlag: Rule = (value) => (typeof value === "boolean" ? undefined : "must be true or false");
const isObject: Rule = (value) => (isJsonObject(value) ? undefined : "must be an object");
const isSchemaHere: Rule = (value) => (isJsonSchema(value) ? undefined : "must be a schema: an object, true or false");
const isSchemaList: Rule = (value) =>
  Array.isArray(value) && value.length > 0 ? undefined : "must be a list of schemas with at least one";
const isNames: Rule = (value) =>
  Array.isArray(value) && value.every((name) => typeof name === "string") ? undefined : "must be a list of names";
const anything: Rule = () => undefined;
const refused =
  (reason: string): Rule =>
  () =>
    reason;

/** Every keyword that is understood. A keyword that isn't here is reported, so that a typing error does not pass. */
const KEYWORDS: { readonly [keyword: string]: Rule } = {
  type: typeRule,
  enum: (value) => (Array.isArray(value) && value.length > 0 ? undefined : "must be a list with at least one value"),
  const: anything,
  properties: isObject,
  required: isNames,
  additionalProperties: isSchemaHere,
  unevaluatedProperties: isSchemaHere,
  propertyNames: isSchemaHere,
  minProperties: isCount,
  maxProperties: isCount,
  dependentRequired: isObject,
  dependentSchemas: isObject,
  items: isSchemaHere,
  prefixItems: isSchemaList,
  unevaluatedItems: isSchemaHere,
  contains: isSchemaHere,
  minContains: isCount,
  maxContains: isCount,
  minItems: isCount,
  maxItems: isCount,
  uniqueItems: isFlag,
  minimum: isNumber,
  maximum: isNumber,
  exclusiveMinimum: isNumber,
  exclusiveMaximum: isNumber,
  multipleOf: (value) => (typeof value === "number" && value > 0 ? undefined : "must be a number above 0"),
  minLength: isCount,
  maxLength: isCount,
  pattern: patternRule,
  format: isText,
  allOf: isSchemaList,
  anyOf: isSchemaList,
  oneOf: isSchemaList,
  not: isSchemaHere,
  if: isSchemaHere,
  then: isSchemaHere,
  else: isSchemaHere,
  $ref: isText,
  $defs: isObject,
  definitions: isObject,
  $schema: isText,
  $id: refused("schemas with ids of their own are not supported"),
  $anchor: refused("anchors are not supported; refer with #/$defs/…"),
  $dynamicRef: refused("dynamic references are not supported"),
  patternProperties: refused("is not supported; use propertyNames with a pattern"),
  $comment: anything,
  title: isText,
  description: isText,
  default: anything,
  examples: anything,
  deprecated: isFlag,
  readOnly: isFlag,
  writeOnly: isFlag,
  contentEncoding: isText,
  contentMediaType: isText,
  contentSchema: anything,
};

/** All problems of a schema, in its order; empty if it can be used. Keywords beginning with `x-` are for others. */
export function schemaProblems(schema: Json): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  check(schema, "", { root: isJsonSchema(schema) ? schema : true, problems });
  return problems;
}

/** Whether `compileSchema` takes it and means what its author meant. */
export function isUsableSchema(schema: Json): schema is JsonSchema {
  return schemaProblems(schema).length === 0;
}

interface Walk {
  readonly root: JsonSchema;
  readonly problems: SchemaProblem[];
}

function check(schema: Json, pointer: string, walk: Walk, depth = 0): void {
  if (!isJsonSchema(schema)) {
    walk.problems.push({ pointer, message: "must be a schema: an object, true or false" });
    return;
  }
  if (typeof schema === "boolean") return;
  if (depth > MAX_DEPTH) {
    walk.problems.push({ pointer, message: `is nested more than ${MAX_DEPTH} levels deep` });
    return;
  }
  for (const [keyword, value] of Object.entries(schema)) checkKeyword(keyword, value, pointer, walk);
  checkReference(schema, pointer, walk);
  for (const { path, value } of subschemasOf(schema)) {
    if (isJsonObject(value) || (!isJsonSchema(value) && path.length > 1)) {
      check(value, joinPointer(pointer, ...path), walk, depth + 1);
    }
  }
}

function checkKeyword(keyword: string, value: Json, pointer: string, { problems }: Walk): void {
  if (keyword.startsWith("x-")) return;
  const at = joinPointer(pointer, keyword);
  const rule = Object.hasOwn(KEYWORDS, keyword) ? KEYWORDS[keyword] : undefined;
  if (rule === undefined) {
    const close = nearest(keyword, Object.keys(KEYWORDS));
    const hint = close === undefined ? {} : { hint: `Did you mean "${close}"?` };
    problems.push({ pointer: at, message: `"${keyword}" is not a keyword of JSON Schema`, ...hint });
    return;
  }
  const message = rule(value);
  if (message !== undefined) problems.push({ pointer: at, message });
}

function checkReference(schema: JsonObject, pointer: string, { root, problems }: Walk): void {
  const reference = schema["$ref"];
  if (typeof reference !== "string") return;
  const at = joinPointer(pointer, "$ref");
  const problem = referenceProblem(reference, root);
  if (problem !== undefined) problems.push({ pointer: at, message: problem });
}

/** A chain of references that leads nowhere, outside, or back to itself without a step into the data. */
function referenceProblem(reference: string, root: JsonSchema): string | undefined {
  const seen = new Set<string>();
  let current = reference;
  for (;;) {
    if (!current.startsWith("#")) return "refers to another document; only #/… within this schema is supported";
    if (seen.has(current)) return "refers to itself";
    seen.add(current);
    const target = resolveLocal(current, root);
    if (!isJsonSchema(target)) return `refers to "${current}", which is not there`;
    const next: Json | undefined = isJsonObject(target) ? target["$ref"] : undefined;
    if (typeof next !== "string") return undefined;
    current = next;
  }
}

function typeRule(value: Json): string | undefined {
  const types = Array.isArray(value) ? value : [value];
  for (const type of types) {
    if (typeof type === "string" && TYPES.includes(type)) continue;
    const close = typeof type === "string" ? nearest(type, TYPES) : undefined;
    return `${JSON.stringify(type)} is not a type; ${close === undefined ? `use one of ${TYPES.join(", ")}` : `did you mean "${close}"?`}`;
  }
  return types.length === 0 ? "must name at least one type" : undefined;
}

function patternRule(value: Json): string | undefined {
  if (typeof value !== "string") return "must be text";
  try {
    RE2JS.compile(value);
    return undefined;
  } catch (error) {
    return `is no regular expression that RE2 understands: ${error instanceof Error ? error.message : String(error)}`;
  }
}
