/**
 * What a JSON Schema says about the values it lets pass. References are expected to be in place (`inlineRefs`).
 *
 * Everything here is generous: what a schema does not say for sure counts as possible.
 */
import { isJsonObject, isJsonSchema } from "../document/json-field.ts";
import type { Json, JsonObject, JsonSchema } from "../json.ts";

/** The kinds of JSON values. */
export type JsonKind = "null" | "bool" | "number" | "text" | "list" | "map";

const ALL_KINDS: readonly JsonKind[] = ["null", "bool", "number", "text", "list", "map"];

const KIND_OF_TYPE: { readonly [type: string]: JsonKind } = {
  null: "null",
  boolean: "bool",
  number: "number",
  integer: "number",
  string: "text",
  array: "list",
  object: "map",
};

/** The kinds a value can be of. Empty for `false`. */
export function kindsOf(schema: JsonSchema): ReadonlySet<JsonKind> {
  if (typeof schema === "boolean") return new Set(schema ? ALL_KINDS : []);
  let kinds = new Set(ownKinds(schema));
  for (const part of schemaList(schema["allOf"])) {
    const others = kindsOf(part);
    kinds = new Set([...kinds].filter((kind) => others.has(kind)));
  }
  const alternatives = alternativesOf(schema);
  if (alternatives !== undefined) {
    const others = new Set(alternatives.flatMap((part) => [...kindsOf(part)]));
    kinds = new Set([...kinds].filter((kind) => others.has(kind)));
  }
  return kinds;
}

function ownKinds(schema: JsonObject): readonly JsonKind[] {
  const { type, enum: values } = schema;
  if ("const" in schema) return [kindOfValue(schema["const"] ?? null)];
  if (Array.isArray(values)) return values.map(kindOfValue);
  const types = Array.isArray(type) ? type : [type];
  const named = types.flatMap((name) => (typeof name === "string" ? (KIND_OF_TYPE[name] ?? []) : []));
  if (named.length > 0) return named;
  // Strictly, these keywords say nothing about other kinds; nobody who writes them means that.
  if ("properties" in schema || "required" in schema) return ["map"];
  if ("items" in schema || "prefixItems" in schema) return ["list"];
  return ALL_KINDS;
}

function kindOfValue(value: Json): JsonKind {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  switch (typeof value) {
    case "boolean":
      return "bool";
    case "number":
      return "number";
    case "string":
      return "text";
    default:
      return "map";
  }
}

/** Whether nothing is known about the values. */
export function isAnything(schema: JsonSchema): boolean {
  if (kindsOf(schema).size < ALL_KINDS.length) return false;
  return typeof schema === "boolean" || alternativesOf(schema) === undefined;
}

/** The values it is limited to, if it lists them. */
export function valuesOf(schema: JsonSchema): readonly Json[] | undefined {
  if (typeof schema === "boolean") return undefined;
  if ("const" in schema) return [schema["const"] ?? null];
  if (Array.isArray(schema["enum"])) return schema["enum"];
  const values = alternativesOf(schema)?.map(valuesOf);
  return values?.every((list) => list !== undefined) === true ? values.flat() : undefined;
}

/**
 * - `always`: every value has the field;
 * - `optional`: it is declared, not required;
 * - `some`: some alternatives have it, others don't;
 * - `unknown`: the schema says nothing;
 * - `never`: other fields are declared, this one isn't.
 */
export type FieldPresence = "always" | "optional" | "some" | "unknown" | "never";

export interface Field {
  readonly schema: JsonSchema;
  readonly presence: FieldPresence;
}

/** What reading a field gives. A schema that declares fields is taken to declare all, unless it says otherwise. */
export function fieldOf(schema: JsonSchema, name: string): Field {
  if (typeof schema === "boolean") return { schema: true, presence: schema ? "unknown" : "never" };
  const alternatives = alternativesOf(schema)?.filter((part) => kindsOf(part).has("map"));
  const found = [ownField(schema, name), ...schemaList(schema["allOf"]).map((part) => fieldOf(part, name))];
  if (alternatives !== undefined && alternatives.length > 0) found.push(oneOfThem(alternatives, name));
  return found.reduce(both);
}

function ownField(schema: JsonObject, name: string): Field {
  const properties = schema["properties"];
  const required = Array.isArray(schema["required"]) && schema["required"].includes(name);
  const own = isJsonObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (isJsonSchema(own)) return own === false ? NEVER : { schema: own, presence: required ? "always" : "optional" };
  const rest = schema["additionalProperties"];
  if (rest === false) return NEVER;
  if (isJsonSchema(rest)) return { schema: rest, presence: required ? "always" : "unknown" };
  if (required) return { schema: true, presence: "always" };
  return !isJsonObject(properties) ? { schema: true, presence: "unknown" } : NEVER;
}

const NEVER: Field = { schema: true, presence: "never" };

/** A value that fits both: what one part of the schema declares, the other need not repeat. */
function both(a: Field, b: Field): Field {
  if (isSilent(a)) return b;
  if (isSilent(b)) return a;
  return {
    schema: intersection(a.schema, b.schema),
    presence: a.presence === "always" || b.presence === "always" ? "always" : a.presence,
  };
}

function intersection(a: JsonSchema, b: JsonSchema): JsonSchema {
  if (a === true) return b;
  return b === true ? a : { allOf: [a, b] };
}

function isSilent(field: Field): boolean {
  return field.presence === "never" || (field.presence === "unknown" && field.schema === true);
}

function oneOfThem(alternatives: readonly JsonSchema[], name: string): Field {
  const fields = alternatives.map((part) => fieldOf(part, name));
  const having = fields.filter((field) => field.presence !== "never");
  if (having.length === 0) return NEVER;
  return { schema: union(having.map((field) => field.schema)), presence: jointPresence(fields) };
}

function jointPresence(fields: readonly Field[]): FieldPresence {
  const presences = new Set(fields.map((field) => field.presence));
  for (const presence of ["never", "some"] as const) if (presences.has(presence)) return "some";
  for (const presence of ["optional", "unknown"] as const) if (presences.has(presence)) return presence;
  return "always";
}

/** The names of all declared or required fields, in order. */
export function fieldNames(schema: JsonSchema): string[] {
  if (typeof schema === "boolean") return [];
  const { properties, required } = schema;
  const own = [
    ...(isJsonObject(properties) ? Object.keys(properties) : []),
    ...(Array.isArray(required) ? required.filter((name) => typeof name === "string") : []),
  ];
  const parts = [...schemaList(schema["allOf"]), ...(alternativesOf(schema) ?? [])];
  return [...new Set([...own, ...parts.flatMap(fieldNames)])];
}

/** What an element of the list is. */
export function elementOf(schema: JsonSchema): JsonSchema {
  if (typeof schema === "boolean") return true;
  const prefix = schemaList(schema["prefixItems"]);
  const items = schema["items"];
  const own = [...prefix, ...(isJsonSchema(items) && items !== false ? [items] : [])];
  const parts = schemaList(schema["allOf"]).map(elementOf);
  const alternatives = alternativesOf(schema)?.filter((part) => kindsOf(part).has("list"));
  const known = [
    own.length > 0 ? union(own) : true,
    ...parts,
    alternatives === undefined ? true : union(alternatives.map(elementOf)),
  ];
  return known.find((part) => part !== true) ?? true;
}

/** A schema for values that fit one of several. */
export function union(schemas: readonly JsonSchema[]): JsonSchema {
  const different = new Map<string, JsonSchema>();
  for (const schema of schemas) {
    if (schema === true) return true;
    if (schema !== false) different.set(JSON.stringify(schema), schema);
  }
  const list = [...different.values()];
  return list.length > 1 ? { anyOf: list } : (list[0] ?? true);
}

/** The members of `anyOf` or `oneOf`. */
function alternativesOf(schema: JsonObject): readonly JsonSchema[] | undefined {
  for (const key of ["anyOf", "oneOf"]) {
    const list = schemaList(schema[key]);
    if (list.length > 0) return list;
  }
  return undefined;
}

function schemaList(value: Json | undefined): readonly JsonSchema[] {
  return Array.isArray(value) ? value.filter(isJsonSchema) : [];
}

const NAMES: { readonly [kind in JsonKind]: string } = {
  null: "null",
  bool: "true or false",
  number: "a number",
  text: "text",
  list: "a list",
  map: "an object",
};

/** "text or null"; "nothing" for a schema that no value fits. */
export function describeKinds(kinds: ReadonlySet<JsonKind>): string {
  if (kinds.size === Object.keys(NAMES).length) return "anything";
  return kinds.size === 0 ? "nothing" : [...kinds].map((kind) => NAMES[kind]).join(" or ");
}
