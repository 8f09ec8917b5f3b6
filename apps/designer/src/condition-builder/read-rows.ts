import { readSyntax } from "@holdfast/dsl";
import type { Syntax, SyntaxOperator } from "@holdfast/dsl";
import { fieldText } from "./cel-text.ts";
import { NO_ROWS } from "./rows.ts";
import type { Group, Row, Rows, RowValue, ValueOperator } from "./rows.ts";

/** The rows of a condition; undefined where rows cannot show it. Nothing is no rows. */
export function readRows(cel: string): Rows | undefined {
  if (cel.trim() === "") return NO_ROWS;
  const syntax = readSyntax(cel);
  const read = syntax === undefined ? undefined : readAny(syntax);
  if (read === undefined) return undefined;
  return read.kind === "group" ? read : { ...NO_ROWS, rows: [read] };
}

function readAny(syntax: Syntax): Row | Group | undefined {
  if (syntax.kind === "binary" && (syntax.operator === "&&" || syntax.operator === "||")) {
    return readGroup(syntax, syntax.operator);
  }
  return syntax.kind === "not" ? readDenied(syntax.operand) : readRow(syntax);
}

function readGroup(syntax: Syntax, operator: "&&" | "||"): Group | undefined {
  const rows: (Row | Group)[] = [];
  for (const operand of operandsOf(syntax, operator)) {
    const row = readAny(operand);
    if (row === undefined) return undefined;
    rows.push(row);
  }
  return { kind: "group", join: operator === "&&" ? "and" : "or", rows };
}

/** `a && b && c` however it is bracketed. */
function operandsOf(syntax: Syntax, operator: "&&" | "||"): Syntax[] {
  if (syntax.kind !== "binary" || syntax.operator !== operator) return [syntax];
  return [...operandsOf(syntax.left, operator), ...operandsOf(syntax.right, operator)];
}

function readRow(syntax: Syntax): Row | undefined {
  if (syntax.kind === "binary") return readComparison(syntax);
  if (syntax.kind === "call") return readCall(syntax) ?? bareRow(syntax, "isTrue");
  return bareRow(syntax, "isTrue");
}

function bareRow(syntax: Syntax, operator: "isTrue" | "isFalse" | "isSet" | "isNotSet"): Row | undefined {
  const field = fieldText(syntax);
  // A root alone is no field, and how many there are is no truth value.
  if (field === undefined || !field.includes(".") || field.startsWith("size(")) return undefined;
  return { kind: "row", field, operator };
}

const DENIED: { readonly [operator in ValueOperator]?: ValueOperator } = { contains: "lacks", oneOf: "noneOf" };

/** What stands behind a `!`. */
function readDenied(syntax: Syntax): Row | undefined {
  if (syntax.kind === "call" && syntax.name === "has") return hasRow(syntax.args, "isNotSet");
  const row = syntax.kind === "not" ? undefined : readRow(syntax);
  if (row?.operator === "isTrue") return { kind: "row", field: row.field, operator: "isFalse" };
  const operator = row?.operator === "contains" || row?.operator === "oneOf" ? DENIED[row.operator] : undefined;
  return row === undefined || operator === undefined ? undefined : { ...row, operator };
}

const COMPARISONS: { readonly [operator in SyntaxOperator]?: ValueOperator } = {
  "==": "is",
  "!=": "isNot",
  "<": "below",
  "<=": "atMost",
  ">": "above",
  ">=": "atLeast",
};

/** The same comparison, read from the other side. */
const MIRRORED: { readonly [operator in ValueOperator]?: ValueOperator } = {
  is: "is",
  isNot: "isNot",
  below: "above",
  atMost: "atLeast",
  above: "below",
  atLeast: "atMost",
};

function readComparison({ operator, left, right }: Syntax & { kind: "binary" }): Row | undefined {
  if (operator === "in") return readMembership(left, right);
  const comparison = COMPARISONS[operator];
  if (comparison === undefined) return undefined;
  const field = fieldText(left);
  if (field !== undefined) return rowOf(field, comparison, valueOf(right));
  const turned = MIRRORED[comparison];
  const other = fieldText(right);
  return turned === undefined || other === undefined ? undefined : rowOf(other, turned, valueOf(left));
}

function readMembership(left: Syntax, right: Syntax): Row | undefined {
  const field = fieldText(left);
  if (field === undefined || right.kind !== "list" || right.items.length === 0) return undefined;
  const values: (string | number)[] = [];
  for (const item of right.items) {
    if (item.kind !== "value" || (typeof item.value !== "string" && typeof item.value !== "number")) return undefined;
    values.push(item.value);
  }
  return rowOf(field, "oneOf", { kind: "list", values });
}

function readCall({ name, receiver, args }: Syntax & { kind: "call" }): Row | undefined {
  if (name === "has" && receiver === undefined) return hasRow(args, "isSet");
  const [first, second] = args;
  if (receiver !== undefined && first !== undefined && args.length === 1) {
    const field = fieldText(receiver);
    if (field === undefined || (name !== "contains" && name !== "startsWith" && name !== "endsWith")) return undefined;
    const value = valueOf(first);
    return value?.kind === "literal" && typeof value.value !== "string" ? undefined : rowOf(field, name, value);
  }
  if (name !== "isBefore" || first === undefined || second === undefined || args.length !== 2) return undefined;
  const field = fieldText(first);
  if (field !== undefined) return rowOf(field, "before", valueOf(second));
  const other = fieldText(second);
  return other === undefined ? undefined : rowOf(other, "after", valueOf(first));
}

function hasRow(args: readonly Syntax[], operator: "isSet" | "isNotSet"): Row | undefined {
  const [field] = args;
  return field?.kind === "path" && args.length === 1 ? bareRow(field, operator) : undefined;
}

function valueOf(syntax: Syntax): RowValue | undefined {
  if (syntax.kind === "value") return { kind: "literal", value: syntax.value };
  const field = fieldText(syntax);
  return field === undefined ? undefined : { kind: "field", field };
}

function rowOf(field: string, operator: ValueOperator, value: RowValue | undefined): Row | undefined {
  return value === undefined ? undefined : { kind: "row", field, operator, value };
}
