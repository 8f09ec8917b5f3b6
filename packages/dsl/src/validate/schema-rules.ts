/** Whether what stands where a JSON Schema (draft 2020-12) is expected is one. */
import type { Json, JsonObject, JsonSchema } from "../json.ts";
import type { Issue } from "../document/issue.ts";
import { isJsonObject, isJsonSchema } from "../document/json-field.ts";
import { joinPointer, valueAt } from "../document/pointer.ts";
import { compileSchema } from "../json-schema/compile.ts";
import { issueOf } from "./codes.ts";

const TYPES: ReadonlySet<Json> = new Set(["null", "boolean", "object", "array", "number", "integer", "string"]);
const ONE = ["items", "contains", "additionalProperties", "propertyNames", "not", "if", "then", "else", "unevaluatedItems", "unevaluatedProperties"]; // prettier-ignore
const LISTS = ["allOf", "anyOf", "oneOf", "prefixItems"];
const MAPS = ["properties", "patternProperties", "$defs", "dependentSchemas"];
const COUNTS = ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "minContains", "maxContains"]; // prettier-ignore
const NUMBERS = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

/**
 * @param pointer where in the document the schema stands
 * @param options.object the schema must be of an object
 */
export function schemaIssues(schema: Json, pointer: string, options: { readonly object?: boolean } = {}): Issue[] {
  const issues: Issue[] = [];
  if (options.object === true && isJsonObject(schema) && schema["type"] !== "object") {
    issues.push(problem(joinPointer(pointer, "type"), 'must say `"type": "object"`'));
  }
  const open: { value: Json; at: string }[] = [{ value: schema, at: pointer }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, at } = next;
    if (isJsonObject(value)) {
      issues.push(...keywordIssues(value, at, schema));
      open.push(...subschemas(value, at));
    } else if (!isJsonSchema(value)) {
      issues.push(problem(at, "must be a JSON Schema: an object, `true` or `false`"));
    }
  }
  if (issues.length > 0 || !isJsonSchema(schema) || isUsable(schema)) return issues;
  return [problem(pointer, "can't be used as a JSON Schema; look at its patterns, which are RE2")];
}

function isUsable(schema: JsonSchema): boolean {
  try {
    return compileSchema(schema) !== undefined;
  } catch {
    return false;
  }
}

interface KeywordRule {
  readonly keywords: readonly string[];
  readonly holds: (value: Json, root: Json) => boolean;
  readonly message: string;
}

const KEYWORD_RULES: readonly KeywordRule[] = [
  { keywords: ["type"], holds: isTypeName, message: "must be a JSON type or a list of them" },
  { keywords: ["required"], holds: isNameList, message: "must be a list of names" },
  { keywords: ["enum"], holds: Array.isArray, message: "must be a list" },
  { keywords: LISTS, holds: Array.isArray, message: "must be a list of schemas" },
  { keywords: MAPS, holds: isJsonObject, message: "must be an object of schemas" },
  { keywords: COUNTS, holds: isCount, message: "must be a whole number, 0 or more" },
  { keywords: NUMBERS, holds: (value) => typeof value === "number", message: "must be a number" },
  { keywords: ["pattern"], holds: (value) => typeof value === "string", message: "must be a regular expression" },
  { keywords: ["$ref"], holds: refersTo, message: "must point to a schema in this schema (`#/…`)" },
];

function keywordIssues(schema: JsonObject, at: string, root: Json): Issue[] {
  return KEYWORD_RULES.flatMap(({ keywords, holds, message }) =>
    keywords.flatMap((keyword) => {
      const value = Object.hasOwn(schema, keyword) ? schema[keyword] : undefined;
      return value === undefined || holds(value, root) ? [] : [problem(joinPointer(at, keyword), message)];
    }),
  );
}

function subschemas(schema: JsonObject, at: string): { value: Json; at: string }[] {
  const within = (keyword: string, value: Json | undefined): { value: Json; at: string }[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).map(([key, entry]) => ({ value: entry, at: joinPointer(at, keyword, key) }))
      : [];
  return [
    ...ONE.flatMap((keyword) => {
      const value = schema[keyword];
      return value === undefined ? [] : [{ value, at: joinPointer(at, keyword) }];
    }),
    ...[...LISTS, ...MAPS].flatMap((keyword) => within(keyword, schema[keyword])),
  ];
}

function isTypeName(value: Json): boolean {
  return Array.isArray(value) ? value.length > 0 && value.every((name) => TYPES.has(name)) : TYPES.has(value);
}

function isCount(value: Json): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function isNameList(value: Json): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === "string");
}

function refersTo(value: Json, root: Json): boolean {
  return (
    typeof value === "string" &&
    (value === "#" || (value.startsWith("#/") && valueAt(root, value.slice(1)) !== undefined))
  );
}

function problem(pointer: string, message: string): Issue {
  return issueOf("invalid_schema", pointer, `This ${message}.`);
}
