/** A condition as rows: field, operator, value, joined by "and" or "or", in groups. */

/** What a row compares with. */
export type RowValue =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly values: readonly (string | number)[] }
  /** Other data, as an expression. */
  | { readonly kind: "field"; readonly field: string };

/** Operators with a value, and those without. */
export const OPERATORS = [
  "is",
  "isNot",
  "below",
  "atMost",
  "above",
  "atLeast",
  "contains",
  "lacks",
  "startsWith",
  "endsWith",
  "oneOf",
  "noneOf",
  "before",
  "after",
] as const;
export const BARE_OPERATORS = ["isTrue", "isFalse", "isSet", "isNotSet"] as const;

export type ValueOperator = (typeof OPERATORS)[number];
export type BareOperator = (typeof BARE_OPERATORS)[number];
export type Operator = ValueOperator | BareOperator;

export interface Row {
  readonly kind: "row";
  /** The expression that reads the field: `input.total`, `nodes.?check.score.orValue(0)`. Empty: not chosen yet. */
  readonly field: string;
  readonly operator: Operator;
  /** Absent where the operator takes none, or where it isn't filled in yet. */
  readonly value?: RowValue;
}

export interface Group {
  readonly kind: "group";
  readonly join: "and" | "or";
  readonly rows: readonly (Row | Group)[];
}

/** A whole condition. */
export type Rows = Group;

export const NO_ROWS: Rows = { kind: "group", join: "and", rows: [] };

const bare: ReadonlySet<string> = new Set(BARE_OPERATORS);

export function isBare(operator: Operator): operator is BareOperator {
  return bare.has(operator);
}

/** Whether the row says something that can be written. */
function isComplete(row: Row): boolean {
  if (row.field === "") return false;
  if (isBare(row.operator)) return true;
  if (row.value === undefined) return false;
  return row.value.kind !== "field" || row.value.field !== "";
}

/** Whether every row can be written. */
export function isWhole(group: Group): boolean {
  return group.rows.every((row) => (row.kind === "row" ? isComplete(row) : row.rows.length > 0 && isWhole(row)));
}

/**
 * The same condition in its plainest form: rows that say nothing yet are left out, groups that join as the group around
 * them, or hold one row, are opened.
 */
export function plain(group: Group): Group {
  const rows = group.rows.flatMap((row): (Row | Group)[] => {
    if (row.kind === "row") return isComplete(row) ? [row] : [];
    const inner = plain(row);
    return inner.rows.length <= 1 || inner.join === group.join ? [...inner.rows] : [inner];
  });
  const [only] = rows;
  return rows.length === 1 && only?.kind === "group" ? only : { ...group, rows };
}
