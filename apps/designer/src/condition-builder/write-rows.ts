import { literalText } from "./cel-text.ts";
import { plain } from "./rows.ts";
import type { Group, Row, Rows, RowValue } from "./rows.ts";

/** The condition that the rows say. Rows that are not filled in are left out; no rows are no text. */
export function writeRows(rows: Rows): string {
  return writeGroup(plain(rows));
}

function writeGroup({ join, rows }: Group): string {
  const written = rows.map((row) => (row.kind === "row" ? writeRow(row) : `(${writeGroup(row)})`));
  return written.join(join === "and" ? " && " : " || ");
}

function writeRow(row: Row): string {
  const { field, operator } = row;
  switch (operator) {
    case "isTrue":
      return field;
    case "isFalse":
      return `!${field}`;
    case "isSet":
      return `has(${field})`;
    case "isNotSet":
      return `!has(${field})`;
    default:
      return writeWithValue(row, row.value === undefined ? "" : valueText(row.value));
  }
}

const SIGNS: { readonly [operator: string]: string } = {
  is: "==",
  isNot: "!=",
  below: "<",
  atMost: "<=",
  above: ">",
  atLeast: ">=",
  oneOf: "in",
};

function writeWithValue({ field, operator }: Row, value: string): string {
  switch (operator) {
    case "contains":
    case "startsWith":
    case "endsWith":
      return `${field}.${operator}(${value})`;
    case "lacks":
      return `!${field}.contains(${value})`;
    case "noneOf":
      return `!(${field} in ${value})`;
    case "before":
      return `isBefore(${field}, ${value})`;
    case "after":
      return `isBefore(${value}, ${field})`;
    default:
      return `${field} ${SIGNS[operator] ?? ""} ${value}`;
  }
}

function valueText(value: RowValue): string {
  switch (value.kind) {
    case "literal":
      return literalText(value.value);
    case "list":
      return `[${value.values.map(literalText).join(", ")}]`;
    case "field":
      return value.field;
  }
}
