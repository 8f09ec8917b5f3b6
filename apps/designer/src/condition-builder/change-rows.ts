/** Changes of rows at a place: the indices of groups from the outside in, then of the row. */
import type { Group, Row, Rows } from "./rows.ts";

export type RowPlace = readonly number[];

export const NEW_ROW: Row = { kind: "row", field: "", operator: "is" };

/** Another row or group at a place; undefined takes it away. */
export function setRow(rows: Rows, place: RowPlace, next: Row | Group | undefined): Rows {
  const [index, ...rest] = place;
  if (index === undefined) return next?.kind === "group" ? next : rows;
  const before = rows.rows[index];
  if (before === undefined) return rows;
  const inner = rest.length > 0 && before.kind === "group" ? setRow(before, rest, next) : next;
  // A group without rows says nothing.
  const gone = inner === undefined || (inner.kind === "group" && inner.rows.length === 0);
  return { ...rows, rows: gone ? rows.rows.toSpliced(index, 1) : rows.rows.with(index, inner) };
}

/** One more row, or a group with a row, at the end of the group at a place. */
export function addRow(rows: Rows, group: RowPlace, kind: "row" | "group"): Rows {
  const [index, ...rest] = group;
  if (index !== undefined) {
    const inner = rows.rows[index];
    return inner?.kind === "group" ? { ...rows, rows: rows.rows.with(index, addRow(inner, rest, kind)) } : rows;
  }
  const other = rows.join === "and" ? "or" : "and";
  const added: Row | Group = kind === "row" ? NEW_ROW : { kind: "group", join: other, rows: [NEW_ROW, NEW_ROW] };
  return { ...rows, rows: [...rows.rows, added] };
}
