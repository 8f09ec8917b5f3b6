/**
 * Runs `pattern` on RE2. The validator would use the backtracking RegExp of JavaScript, which an event's data could
 * keep busy for minutes; a `format` of our own takes its place.
 */
import { format } from "@cfworker/json-schema";
import { RE2JS } from "re2js";
import type { Json, JsonObject, JsonSchema } from "../json.ts";

const PREFIX = "x-re2:";

/** The pattern behind a format that `withSafePatterns` has put in, or undefined. */
export function patternOf(formatName: string): string | undefined {
  return formatName.startsWith(PREFIX) ? formatName.slice(PREFIX.length) : undefined;
}

/** A copy in which every `pattern` is a format. @throws Error if RE2 does not take a pattern */
export function withSafePatterns(schema: JsonSchema): JsonObject | boolean {
  if (typeof schema === "boolean") return schema;
  return rewriteObject(schema);
}

// Below these keys stand values or names, not schemas.
const DATA: ReadonlySet<string> = new Set(["const", "enum", "default", "examples"]);
const NAMED: ReadonlySet<string> = new Set([
  "properties",
  "$defs",
  "definitions",
  "dependentSchemas",
  "patternProperties",
]);

function rewriteObject(schema: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === "pattern" || key === "__proto__") continue;
    result[key] = DATA.has(key) || key.startsWith("x-") ? value : NAMED.has(key) ? rewriteNamed(value) : rewrite(value);
  }
  const pattern = schema["pattern"];
  if (typeof pattern !== "string") return result;
  const name = register(pattern);
  if (result["format"] === undefined) return { ...result, format: name };
  const others = Array.isArray(result["allOf"]) ? result["allOf"] : [];
  return { ...result, allOf: [...others, { format: name }] };
}

function rewriteNamed(value: Json): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, rewrite(schema)]));
}

function rewrite(value: Json): Json {
  if (Array.isArray(value)) return value.map(rewrite);
  return typeof value === "object" && value !== null ? rewriteObject(value) : value;
}

function register(pattern: string): string {
  const name = `${PREFIX}${pattern}`;
  if (!Object.hasOwn(format, name)) {
    const compiled = RE2JS.compile(pattern);
    format[name] = (text) => compiled.test(text);
  }
  return name;
}
