import { describe, expect, it } from "vitest";
import { readRows } from "./read-rows.ts";
import { NO_ROWS, isWhole } from "./rows.ts";
import { writeRows } from "./write-rows.ts";

describe("reading rows", () => {
  it("reads comparisons joined by and", () => {
    expect(readRows("nodes.analyze.refundAmount < 50.0 && nodes.analyze.confidence >= 0.95")).toEqual({
      kind: "group",
      join: "and",
      rows: [
        {
          kind: "row",
          field: "nodes.analyze.refundAmount",
          operator: "below",
          value: { kind: "literal", value: 50 },
        },
        {
          kind: "row",
          field: "nodes.analyze.confidence",
          operator: "atLeast",
          value: { kind: "literal", value: 0.95 },
        },
      ],
    });
  });

  it.each([
    ["50 > input.total", "input.total < 50"],
    ["input.a == true", "input.a == true"],
    ["!(input.a in ['x', 'y'])", '!(input.a in ["x", "y"])'],
    ["!input.a.contains('x')", '!input.a.contains("x")'],
    ["isBefore('2026-01-01', input.dueAt)", 'isBefore("2026-01-01", input.dueAt)'],
    ["has(input.note)", "has(input.note)"],
    ["a.b", undefined],
    ["(input.a && input.b) && (input.c || input.d)", "input.a && input.b && (input.c || input.d)"],
    ["input.total > nodes.?check.limit.orValue(0)", "input.total > nodes.?check.limit.orValue(0)"],
  ])("writes %s as %s", (source, written) => {
    const rows = readRows(source);
    expect(rows && writeRows(rows)).toBe(written);
  });

  it.each([
    "input.items.exists(i, i.price > 100)",
    "input.a + input.b > 3",
    "!(input.a == 1)",
    "input.a ? input.b : input.c",
    "true",
    "input.name.matches('^A')",
    "!!input.a",
    "!(input.a && input.b)",
    "input.a &&",
  ])("leaves %s as CEL", (source) => {
    expect(readRows(source)).toBeUndefined();
  });

  it("has no rows for no condition", () => {
    expect(readRows("  ")).toEqual(NO_ROWS);
    expect(writeRows(NO_ROWS)).toBe("");
  });

  it("leaves out rows that are not filled in", () => {
    const rows = {
      kind: "group",
      join: "or",
      rows: [
        { kind: "row", field: "", operator: "is" },
        { kind: "row", field: "input.a", operator: "isTrue" },
      ],
    } as const;
    expect(writeRows(rows)).toBe("input.a");
    expect(isWhole(rows)).toBe(false);
  });
});
