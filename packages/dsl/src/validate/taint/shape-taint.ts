/** What of a node's output is tainted, by what its manifest says of where it comes from. */
import type { Origin, ParamCondition } from "../../contract/manifest.ts";
import { isJsonObject, isJsonSchema } from "../../document/json-field.ts";
import { conditionHolds } from "../../document/manifest-facts.ts";
import { valueAt } from "../../document/pointer.ts";
import type { Json, JsonObject, JsonSchema } from "../../json.ts";
import { join, partsOf, wholeOf, type Taint, type Trace } from "./taint.ts";

export interface ShapeReader {
  readonly params: JsonObject;
  /** Of the value that stands at a pointer into the params. */
  readonly taintAt: (pointer: string) => Taint;
  /** Where something of this origin comes from; undefined where it is clean. */
  readonly traceOf: (origin: Origin) => From | undefined;
  /** The shape is one that the document brings: it can say that others write something, and not that they don't. */
  readonly drawn?: boolean;
}

/** Whose word something is. */
export type From = Omit<Trace, "source" | "chosen">;

const DRAWN: readonly Origin[] = ["model", "outside"];
const ORIGINS: readonly Origin[] = [...DRAWN, "flow", "service", "person"];

/** @param from whose word everything here is, unless the shape says otherwise; undefined: its own author's */
export function shapeTaint(shape: JsonSchema, source: string, from: From | undefined, reader: ShapeReader): Taint {
  if (shape === false) return undefined;
  if (shape === true) return whole(source, from, false);
  const own = (reader.drawn === true ? DRAWN : ORIGINS).find((origin) => origin === shape["x-origin"]);
  const now = own === undefined ? from : reader.traceOf(own);
  const { $param, $typeOf, $when } = shape;
  if (typeof $typeOf === "string") return reader.taintAt($typeOf);
  if (typeof $param === "string") {
    const schema = valueAt(reader.params, $param);
    return shapeTaint(isJsonSchema(schema) ? schema : true, source, now, { ...reader, drawn: true });
  }
  if (isCondition($when)) {
    const branch = shape[conditionHolds($when, reader.params) ? "then" : "else"];
    return shapeTaint(isJsonSchema(branch) ? branch : true, source, now, reader);
  }
  return partTaint(shape, source, now, reader);
}

function partTaint(shape: JsonObject, source: string, from: From | undefined, reader: ShapeReader): Taint {
  const { properties, additionalProperties, items, prefixItems, $ref, allOf } = shape;
  const below = (schema: Json | undefined, name: string): Taint =>
    isJsonSchema(schema) ? shapeTaint(schema, name, from, reader) : whole(name, from, false);
  if ($ref !== undefined || allOf !== undefined) return whole(source, from, false);
  const variants = shape["anyOf"] ?? shape["oneOf"];
  if (Array.isArray(variants)) {
    return variants.reduce<Taint>((all, variant) => join(all, below(variant, source)), undefined);
  }
  if (isJsonObject(properties)) {
    const fields = Object.entries(properties).map(
      ([name, schema]) => [name, below(schema, `${source}.${name}`)] as const,
    );
    return partsOf(new Map(fields), additionalProperties === false ? undefined : below(additionalProperties, source));
  }
  if (items !== undefined && prefixItems === undefined) return partsOf(new Map(), below(items, source));
  return whole(source, from, isFewValues(shape));
}

function whole(source: string, from: From | undefined, chosen: boolean): Taint {
  return from === undefined ? undefined : wholeOf({ ...from, source, chosen });
}

/** The document lists all of them, or says how much it can be at most. */
function isFewValues(shape: JsonObject): boolean {
  if (shape["const"] !== undefined || Array.isArray(shape["enum"])) return true;
  const limit = shape["maximum"] ?? shape["exclusiveMaximum"];
  return shape["type"] === "boolean" || shape["type"] === "null" || (typeof limit === "number" && isNumber(shape));
}

const isNumber = ({ type }: JsonObject): boolean => type === "number" || type === "integer";

function isCondition(value: Json | undefined): value is ParamCondition & JsonObject {
  return isJsonObject(value) && typeof value["pointer"] === "string";
}
