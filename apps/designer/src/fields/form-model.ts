/** From the JSON Schema of a node type's params to what the form shows. */
import { isJsonObject, joinPointer } from "@holdfast/dsl";
import type { Json, JsonObject, JsonSchema } from "@holdfast/dsl";

/** One widget for each kind of value; which one is told by the schema and its `x-` hints alone. */
export type Widget =
  | "hidden"
  | "text"
  | "long"
  | "html"
  | "literal"
  | "condition"
  | "duration"
  | "span"
  | "flow"
  | "nodeType"
  | "call"
  | "credential"
  | "schema"
  | "form"
  | "assignees"
  | "columns"
  | "values"
  | "select"
  | "number"
  | "toggle"
  | "list"
  | "rows"
  | "record"
  | "object"
  | "choice"
  | "json";

export interface FieldSpec {
  /** JSON pointer from the params. */
  readonly pointer: string;
  readonly name: string;
  readonly schema: JsonObject;
  readonly required: boolean;
  /** On which tab; `setup` where the schema says nothing. */
  readonly tab: string;
  /** Only shown when asked for, or filled in. */
  readonly more: boolean;
}

const WIDGETS: ReadonlySet<string> = new Set<Widget>([
  "long",
  "html",
  "schema",
  "form",
  "assignees",
  "columns",
  "values",
]);

function isWidget(name: Json | undefined): name is Widget {
  return typeof name === "string" && WIDGETS.has(name);
}

export function widgetOf(schema: JsonSchema): Widget {
  if (!isJsonObject(schema)) return "json";
  if (schema["x-body"] === true) return "hidden";
  if (schema["x-form"] === true) return "form";
  if (schema["x-widget"] === "text") return "long";
  if (isWidget(schema["x-widget"])) return schema["x-widget"];
  if (schema["x-expression"] === "condition") return "condition";
  if (schema["x-duration"] === true) return schema["x-working"] === true ? "span" : "duration";
  if (schema["x-flow"] === true) return "flow";
  if (schema["x-node-type"] === true) return "nodeType";
  if (schema["x-node"] === true) return "call";
  if (schema["x-credential"] !== undefined) return "credential";
  if (Array.isArray(schema["enum"])) return "select";
  if (variantsOf(schema).length > 1 && !("properties" in schema)) return "choice";
  return widgetOfType(schema);
}

function widgetOfType(schema: JsonObject): Widget {
  switch (schema["type"]) {
    case "string":
      return schema["x-literal"] === true ? "literal" : "text";
    case "number":
    case "integer":
      return "number";
    case "boolean":
      return "toggle";
    case "array":
      return widgetOfList(schema);
    case "object":
      if (isJsonObject(schema["properties"])) return "object";
      return isJsonObject(schema["additionalProperties"]) ? "record" : "values";
    default:
      return "json";
  }
}

function widgetOfList({ items }: JsonObject): Widget {
  if (!isJsonObject(items) || Object.keys(items).length === 0) return "json";
  return widgetOf(items) === "object" ? "rows" : "list";
}

/** The names of an object's fields, in the order they are shown. */
export function orderedNames(schema: JsonSchema): readonly string[] {
  if (!isJsonObject(schema) || !isJsonObject(schema["properties"])) return [];
  return Object.entries(schema["properties"])
    .flatMap(([name, property], index) => (isJsonObject(property) ? [{ name, order: orderOf(property, index) }] : []))
    .toSorted((a, b) => a.order - b.order)
    .map(({ name }) => name);
}

/** The fields of an object, in the order they are shown. Those of `x-inline` objects stand among the others. */
export function fieldsOf(schema: JsonSchema, value: Json | undefined, base = ""): FieldSpec[] {
  if (!isJsonObject(schema) || !isJsonObject(schema["properties"])) return [];
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return Object.entries(schema["properties"])
    .flatMap(([name, property], index) => (isJsonObject(property) ? [{ name, property, index }] : []))
    .toSorted((a, b) => orderOf(a.property, a.index) - orderOf(b.property, b.index))
    .flatMap(({ name, property }): FieldSpec[] => {
      const pointer = joinPointer(base, name);
      const inner = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
      if (inner === undefined && !isAskedFor(property, schema, value)) return [];
      const own: FieldSpec = {
        pointer,
        name,
        schema: property,
        required: required.includes(name),
        tab: typeof property["x-tab"] === "string" ? property["x-tab"] : "setup",
        more: property["x-more"] === true,
      };
      if (property["x-inline"] !== true) return widgetOf(property) === "hidden" ? [] : [own];
      return inner === undefined ? [] : fieldsOf(property, inner, pointer);
    });
}

/** `x-when`: a field is asked for where its neighbor has one of those values. One that is filled in always shows. */
function isAskedFor(field: JsonObject, schema: JsonObject, value: Json | undefined): boolean {
  const when = field["x-when"];
  if (!isJsonObject(when)) return true;
  return Object.entries(when).every(([neighbor, values]) => {
    const properties = isJsonObject(schema["properties"]) ? schema["properties"] : {};
    const property = properties[neighbor];
    const given = isJsonObject(value) ? value[neighbor] : undefined;
    const chosen = given ?? (isJsonObject(property) ? property["default"] : undefined);
    return Array.isArray(values) && values.some((one) => one === chosen);
  });
}

function orderOf(schema: JsonObject, index: number): number {
  const order = schema["x-order"];
  return typeof order === "number" ? order : 1_000 + index;
}

/** Objects whose fields stand among the others once they are there: `inbox`. */
export function inlineObjects(schema: JsonSchema): { readonly name: string; readonly schema: JsonObject }[] {
  if (!isJsonObject(schema) || !isJsonObject(schema["properties"])) return [];
  return Object.entries(schema["properties"]).flatMap(([name, property]) =>
    isJsonObject(property) && property["x-inline"] === true ? [{ name, schema: property }] : [],
  );
}

/** Two plain numbers, which are short enough to stand beside each other: tokens and money. */
export function isPairOfNumbers(schema: JsonSchema): boolean {
  if (!isJsonObject(schema) || !isJsonObject(schema["properties"])) return false;
  const fields = Object.values(schema["properties"]).filter(isJsonObject);
  return fields.length === 2 && fields.every((field) => widgetOf(field) === "number" && field["x-literal"] === true);
}

/** The alternatives of a value. */
export function variantsOf(schema: JsonObject): readonly JsonObject[] {
  const list = Array.isArray(schema["anyOf"]) ? schema["anyOf"] : schema["oneOf"];
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

/** Groups of fields of which exactly one is filled in: `oneOf: [{required: ["for"]}, {required: ["until"]}]`. */
export function exclusiveFields(schema: JsonSchema): readonly string[] {
  if (!isJsonObject(schema) || !isJsonObject(schema["properties"])) return [];
  const { oneOf } = schema;
  if (!Array.isArray(oneOf)) return [];
  const names = oneOf.map((one) => (isJsonObject(one) && Array.isArray(one["required"]) ? one["required"] : []));
  if (names.some((list) => list.length !== 1)) return [];
  return names.flatMap(([name]) => (typeof name === "string" ? [name] : []));
}

/** The alternative that a value is of: the first whose type it has. */
export function variantOf(variants: readonly JsonObject[], value: Json | undefined): number {
  const found = variants.findIndex((variant) => fitsType(variant, value));
  return Math.max(found, 0);
}

function fitsType(schema: JsonObject, value: Json | undefined): boolean {
  switch (schema["type"]) {
    case "string":
      return typeof value === "string";
    case "number":
    case "integer":
      return typeof value === "number";
    case "boolean":
      return typeof value === "boolean";
    case "array":
      return Array.isArray(value);
    case "object":
      return isJsonObject(value);
    case "null":
      return value === null;
    default:
      return false;
  }
}

/** What a new value of the schema begins with. */
export function startValue(schema: JsonSchema): Json {
  if (!isJsonObject(schema)) return "";
  if (schema["default"] !== undefined) return schema["default"];
  switch (widgetOf(schema)) {
    case "number":
      return typeof schema["minimum"] === "number" ? schema["minimum"] : 0;
    case "object":
    case "call":
      return startObject(schema);
    case "schema":
    case "form":
      return { type: "object", properties: {}, additionalProperties: false };
    case "select":
      return Array.isArray(schema["enum"]) ? (schema["enum"][0] ?? "") : "";
    case "choice":
      return startValue(variantsOf(schema)[0] ?? true);
    default:
      return START[widgetOf(schema)] ?? "";
  }
}

/** Where the schema says no more. */
const START: Readonly<Partial<Record<Widget, Json>>> = {
  toggle: false,
  list: [],
  rows: [],
  record: {},
  values: {},
  assignees: {},
  duration: "1d",
  span: "1d",
};

function startObject(schema: JsonObject): JsonObject {
  const fields = fieldsOf(schema, {}).filter(({ required }) => required);
  return Object.fromEntries(fields.map((field) => [field.name, startValue(field.schema)]));
}
