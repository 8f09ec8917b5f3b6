/**
 * Runs `pattern` on RE2. The validator would use the backtracking RegExp of JavaScript, which an event's data could
 * keep busy for minutes; a `format` of our own takes its place.
 */
import { format } from "@cfworker/json-schema";
import { RE2JS } from "re2js";
import { isJsonObject } from "../document/json-field.ts";
import type { JsonObject, JsonSchema } from "../json.ts";
import { mapSubschemas } from "./subschemas.ts";

const PREFIX = "x-re2:";

/** The pattern behind a format that `withSafePatterns` has put in, or undefined. */
export function patternOf(formatName: string): string | undefined {
  return formatName.startsWith(PREFIX) ? formatName.slice(PREFIX.length) : undefined;
}

/** A copy in which every `pattern` is a format. @throws Error if RE2 does not take a pattern */
export function withSafePatterns(schema: JsonSchema): JsonSchema {
  return typeof schema === "boolean" ? schema : rewrite(schema);
}

function rewrite(schema: JsonObject): JsonObject {
  const { pattern, ...rest } = mapSubschemas(schema, (value) => (isJsonObject(value) ? rewrite(value) : value));
  if (typeof pattern !== "string") return rest;
  const name = register(pattern);
  if (rest["format"] === undefined) return { ...rest, format: name };
  const others = Array.isArray(rest["allOf"]) ? rest["allOf"] : [];
  return { ...rest, allOf: [...others, { format: name }] };
}

function register(pattern: string): string {
  const name = `${PREFIX}${pattern}`;
  if (!Object.hasOwn(format, name)) {
    const compiled = RE2JS.compile(pattern);
    format[name] = (text) => compiled.test(text);
  }
  return name;
}
