/** What kind of value a field of a row holds, and what can be asked of it. */
import { checkExpression, kindsOf, valuesOf } from "@holdfast/dsl";
import type { JsonSchema, TypeEnv } from "@holdfast/dsl";
import type { Operator, Row, RowValue } from "./rows.ts";

export type FieldKind = "number" | "text" | "choice" | "bool" | "date" | "time" | "any";

export interface FieldType {
  readonly kind: FieldKind;
  /** Of a choice. */
  readonly values: readonly (string | number)[];
}

const ANY: FieldType = { kind: "any", values: [] };

/** The type of what the expression of a field gives. */
export function fieldType(field: string, env: TypeEnv): FieldType {
  return field === "" ? ANY : typeOfSchema(checkExpression(field, env).schema);
}

function typeOfSchema(schema: JsonSchema): FieldType {
  const values = valuesOf(schema)?.filter((value) => typeof value === "string" || typeof value === "number") ?? [];
  const kinds = [...kindsOf(schema)].filter((kind) => kind !== "null");
  const [only] = kinds;
  if (kinds.length !== 1) return ANY;
  if (values.length > 0 && only !== "bool") return { kind: "choice", values };
  switch (only) {
    case "number":
      return { kind: "number", values };
    case "bool":
      return { kind: "bool", values };
    case "text":
      return { kind: textKind(schema), values };
    default:
      return ANY;
  }
}

/** The format may stand in the part of a union that is a text. */
function textKind(schema: JsonSchema): FieldKind {
  const text = JSON.stringify(schema);
  if (text.includes('"format":"date-time"')) return "time";
  return text.includes('"format":"date"') ? "date" : "text";
}

const COMPARED = ["is", "isNot", "below", "atMost", "above", "atLeast"] as const;
const LISTED = ["oneOf", "noneOf"] as const;
const PARTS = ["contains", "lacks", "startsWith", "endsWith"] as const;
const THERE = ["isSet", "isNotSet"] as const;
const DATED = ["before", "after"] as const;

const BY_KIND: { readonly [kind in FieldKind]: readonly Operator[] } = {
  number: [...COMPARED, ...LISTED, ...THERE],
  text: ["is", "isNot", ...PARTS, ...LISTED, ...THERE],
  choice: ["is", "isNot", ...LISTED, ...THERE],
  bool: ["isTrue", "isFalse", ...THERE],
  date: [...DATED, ...THERE],
  time: [...DATED, ...THERE],
  any: [...COMPARED, ...PARTS, ...LISTED, ...DATED, "isTrue", "isFalse", ...THERE],
};

/** What can be asked of such a field; what the row asks already is kept, whatever it is. */
export function operatorsFor({ kind }: FieldType, now?: Operator): readonly Operator[] {
  const list = BY_KIND[kind];
  return now === undefined || list.includes(now) ? list : [...list, now];
}

/** The row with another operator: its value stays if it fits. */
export function withOperator(row: Row, operator: Operator): Row {
  const { kind, field } = row;
  const value = valueFor(operator, row.value);
  return { kind, field, operator, ...(value !== undefined && { value }) };
}

function valueFor(operator: Operator, value: RowValue | undefined): RowValue | undefined {
  switch (operator) {
    case "isTrue":
    case "isFalse":
    case "isSet":
    case "isNotSet":
      return undefined;
    case "oneOf":
    case "noneOf":
      if (value?.kind !== "literal") return value?.kind === "list" ? value : undefined;
      return typeof value.value === "string" || typeof value.value === "number"
        ? { kind: "list", values: [value.value] }
        : undefined;
    default: {
      if (value?.kind !== "list") return value;
      const [first] = value.values;
      return first === undefined ? undefined : { kind: "literal", value: first };
    }
  }
}

/** The row with another field: operator and value stay if they fit its type. */
export function withField(row: Row, field: string, env: TypeEnv): Row {
  const before = fieldType(row.field, env);
  const after = fieldType(field, env);
  const [first = "is"] = operatorsFor(after);
  const operator = operatorsFor(after).includes(row.operator) ? row.operator : first;
  const next = withOperator({ ...row, field }, operator);
  if (before.kind === after.kind || after.kind === "any" || row.field === "") return next;
  return { kind: "row", field, operator };
}

/** The path of a field that is asked for: `has(…)` takes no fallback. */
export function askedPath(field: string): string {
  const path = field.replace(/\.orValue\((?:"[^"]*"|[\w.-]*|\[\])\)$/, "");
  const last = path.lastIndexOf(".?");
  return last !== -1 && !path.slice(last + 2).includes(".") ? `${path.slice(0, last)}.${path.slice(last + 2)}` : path;
}
