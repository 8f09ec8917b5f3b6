import { describe, expect, it } from "vitest";
import { NEW_ROW, addRow, setRow } from "./change-rows.ts";
import { NO_ROWS } from "./rows.ts";
import type { Row } from "./rows.ts";

const row: Row = { kind: "row", field: "input.ok", operator: "isTrue" };

describe("changing rows", () => {
  it("adds rows and groups, joined the other way", () => {
    const rows = addRow(addRow(NO_ROWS, [], "row"), [], "group");
    expect(rows.rows).toEqual([NEW_ROW, { kind: "group", join: "or", rows: [NEW_ROW, NEW_ROW] }]);
    expect(addRow(rows, [1], "row").rows[1]).toMatchObject({ rows: [NEW_ROW, NEW_ROW, NEW_ROW] });
    expect(addRow(rows, [0], "row")).toEqual(rows);
  });

  it("sets and removes at any depth, and drops groups that become empty", () => {
    const rows = setRow(addRow(NO_ROWS, [], "group"), [0, 1], row);
    expect(rows.rows[0]).toMatchObject({ rows: [NEW_ROW, row] });
    expect(setRow(setRow(rows, [0, 0], undefined), [0, 0], undefined).rows).toEqual([]);
    expect(setRow(rows, [7], row)).toEqual(rows);
  });
});
