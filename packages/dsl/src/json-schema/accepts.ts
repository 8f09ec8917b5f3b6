/** Whether values of one schema can pass another. */
import { joinPointer } from "../document/pointer.ts";
import type { JsonSchema } from "../json.ts";
import { inlineRefs } from "./inline.ts";
import { describeKinds, elementOf, fieldNames, fieldOf, kindsOf, valuesOf } from "./shape.ts";

export type Acceptance =
  | { readonly accepts: true }
  /** Where in the value, and why no value at all can fit. */
  | { readonly accepts: false; readonly pointer: string; readonly message: string };

const MAX_DEPTH = 12;

/**
 * Whether a value of type `source` may fit `target`. Refuses only what can never fit; what depends on the data is
 * decided when the data is there.
 */
export function schemaAccepts(target: JsonSchema, source: JsonSchema): Acceptance {
  return compare(inlineRefs(target), inlineRefs(source), "", 0);
}

const ACCEPTED: Acceptance = { accepts: true };

function compare(target: JsonSchema, source: JsonSchema, pointer: string, depth: number): Acceptance {
  if (target === true || source === true || depth > MAX_DEPTH) return ACCEPTED;
  const wanted = kindsOf(target);
  const given = kindsOf(source);
  const common = [...given].filter((kind) => wanted.has(kind));
  if (common.length === 0) {
    return refuse(pointer, `This gives ${describeKinds(given)}, but ${describeKinds(wanted)} is needed`);
  }
  const values = disjointValues(target, source);
  if (values !== undefined) return refuse(pointer, values);
  // With several kinds left, one of them fits.
  if (common.length > 1) return ACCEPTED;
  if (common[0] === "list") return compareElements(target, source, pointer, depth);
  return common[0] === "map" ? compareFields(target, source, pointer, depth) : ACCEPTED;
}

function disjointValues(target: JsonSchema, source: JsonSchema): string | undefined {
  const wanted = valuesOf(target);
  const given = valuesOf(source);
  if (wanted === undefined || given === undefined) return undefined;
  const texts = new Set(wanted.map((value) => JSON.stringify(value)));
  if (given.some((value) => texts.has(JSON.stringify(value)))) return undefined;
  return `This gives ${given.map((value) => JSON.stringify(value)).join(" or ")}, but needed is one of ${[...texts].join(", ")}`;
}

function compareElements(target: JsonSchema, source: JsonSchema, pointer: string, depth: number): Acceptance {
  const minimum = typeof source === "object" ? source["minItems"] : undefined;
  // An empty list fits whatever its elements were to be.
  if (typeof minimum !== "number" || minimum === 0) return ACCEPTED;
  return compare(elementOf(target), elementOf(source), joinPointer(pointer, 0), depth + 1);
}

function compareFields(target: JsonSchema, source: JsonSchema, pointer: string, depth: number): Acceptance {
  for (const name of fieldNames(target)) {
    const wanted = fieldOf(target, name);
    const given = fieldOf(source, name);
    if (wanted.presence === "always" && given.presence === "never") {
      return refuse(pointer, `The field "${name}" is missing`);
    }
    if (given.presence !== "always" || wanted.presence === "some" || wanted.presence === "never") continue;
    const below = compare(wanted.schema, given.schema, joinPointer(pointer, name), depth + 1);
    if (!below.accepts) return below;
  }
  return ACCEPTED;
}

function refuse(pointer: string, message: string): Acceptance {
  return { accepts: false, pointer, message };
}
