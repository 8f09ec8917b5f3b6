/** Makes few clear errors of the validator's many: the causes, not every schema around them. */
import type { OutputUnit } from "@cfworker/json-schema";
import type { JsonSchema } from "../json.ts";
import { messageOf } from "./messages.ts";

/** One problem with the data. */
export interface SchemaError {
  /** JSON pointer into the data. */
  readonly pointer: string;
  /** What is wrong, as the end of a sentence that begins with the place: "must be a number". */
  readonly message: string;
  /** The keyword of JSON Schema that refused it. */
  readonly keyword: string;
}

// Keywords that only pass on what a schema below them found.
const PASSING: ReadonlySet<string> = new Set([
  "$ref",
  "$recursiveRef",
  "$dynamicRef",
  "allOf",
  "properties",
  "patternProperties",
  "additionalProperties",
  "unevaluatedProperties",
  "dependentSchemas",
  "prefixItems",
  "items",
  "unevaluatedItems",
  "propertyNames",
  "then",
  "else",
]);

/** One error per real problem, in the order of the data. */
export function explainErrors(units: readonly OutputUnit[], schema: JsonSchema): SchemaError[] {
  const errors: SchemaError[] = [];
  const seen = new Set<string>();
  for (const unit of causes(units)) {
    const error = { pointer: pointerOf(unit), keyword: unit.keyword, message: messageOf(unit, schema) };
    const key = `${error.pointer} ${error.message}`;
    if (!seen.has(key)) errors.push(error);
    seen.add(key);
  }
  return errors;
}

function pointerOf(unit: OutputUnit): string {
  return unit.instanceLocation.replace(/^#/, "");
}

function causes(units: readonly OutputUnit[]): OutputUnit[] {
  const result: OutputUnit[] = [];
  let index = 0;
  while (index < units.length) {
    const unit = units[index];
    index += 1;
    if (unit === undefined) break;
    if (unit.keyword === "anyOf" || unit.keyword === "oneOf") {
      const below: OutputUnit[] = [];
      let next = units[index];
      while (next !== undefined && isBelow(next, unit)) {
        below.push(next);
        index += 1;
        next = units[index];
      }
      result.push(...closestAlternative(unit, below));
    } else if (unit.keyword !== "if" && (!PASSING.has(unit.keyword) || !isBelow(units[index], unit))) {
      result.push(unit);
    }
  }
  return result;
}

function isBelow(unit: OutputUnit | undefined, parent: OutputUnit): boolean {
  if (unit === undefined) return false;
  // A schema `false` reports the place in the data, not in the schema.
  if (unit.keyword === "false") return unit.instanceLocation.startsWith(`${parent.instanceLocation}/`);
  return unit.keywordLocation.startsWith(`${parent.keywordLocation}/`);
}

/** The alternative that the data was probably meant for: the one whose own type and constants fit. */
function closestAlternative(parent: OutputUnit, below: readonly OutputUnit[]): OutputUnit[] {
  const alternatives = new Map<string, OutputUnit[]>();
  for (const unit of below) {
    const branch = unit.keywordLocation.slice(parent.keywordLocation.length + 1).split("/", 1)[0] ?? "";
    alternatives.set(branch, [...(alternatives.get(branch) ?? []), unit]);
  }
  const candidates = [...alternatives.values()]
    .map(causes)
    .filter((errors) => !errors.some((error) => rulesOut(error, parent)));
  const [first, ...others] = candidates;
  if (first === undefined) return [parent];
  const best = others.reduce((a, b) => (b.length < a.length ? b : a), first);
  return others.some((other) => other !== best && other.length === best.length) ? [parent] : best;
}

function rulesOut(error: OutputUnit, parent: OutputUnit): boolean {
  if (error.keyword === "const") return true;
  return error.keyword === "type" && error.instanceLocation === parent.instanceLocation;
}
