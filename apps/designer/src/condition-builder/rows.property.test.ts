import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRows } from "./read-rows.ts";
import { plain } from "./rows.ts";
import type { Group, Row, RowValue } from "./rows.ts";
import { writeRows } from "./write-rows.ts";

const field = fc.constantFrom(
  "input.total",
  "input.customer.name",
  "nodes.?check.score.orValue(0)",
  'input.?note.orValue("")',
  'input["two words"].x',
  "size(input.items)",
  "run.now",
);
const path = fc.constantFrom("input.total", "nodes.check.ok", "input.?note");
const text = fc.string({ unit: "grapheme" });
const number = fc.oneof(
  fc.integer(),
  fc
    .double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
    .map((value) => Math.round(value * 100) / 100 + 0),
);
const literal = fc
  .oneof(text, number, fc.boolean(), fc.constant(null))
  .map((value): RowValue => ({ kind: "literal", value }));
const value = fc.oneof(
  literal,
  field.map((name): RowValue => ({ kind: "field", field: name })),
);
const textValue = fc.oneof(
  text.map((one): RowValue => ({ kind: "literal", value: one })),
  field.map((name): RowValue => ({ kind: "field", field: name })),
);
const list = fc
  .array(fc.oneof(text, number), { minLength: 1, maxLength: 4 })
  .map((values): RowValue => ({ kind: "list", values }));

const row: fc.Arbitrary<Row> = fc.oneof(
  fc.record({
    kind: fc.constant("row" as const),
    field,
    operator: fc.constantFrom("is" as const, "isNot" as const, "below" as const, "atLeast" as const),
    value,
  }),
  fc.record({
    kind: fc.constant("row" as const),
    field,
    operator: fc.constantFrom("contains" as const, "lacks" as const, "startsWith" as const, "before" as const),
    value: textValue,
  }),
  // Which of two fields is the later one is read as which is the earlier one.
  fc.record({
    kind: fc.constant("row" as const),
    field,
    operator: fc.constant("after" as const),
    value: text.map((one): RowValue => ({ kind: "literal", value: one })),
  }),
  fc.record({
    kind: fc.constant("row" as const),
    field,
    operator: fc.constantFrom("oneOf" as const, "noneOf" as const),
    value: list,
  }),
  fc.record({
    kind: fc.constant("row" as const),
    field: path,
    operator: fc.constantFrom("isTrue" as const, "isFalse" as const, "isSet" as const, "isNotSet" as const),
  }),
);

const { group } = fc.letrec<{ group: Group; entry: Row | Group }>((tie) => ({
  entry: fc.oneof({ maxDepth: 3, withCrossShrink: true }, row, tie("group")),
  group: fc.record({
    kind: fc.constant("group" as const),
    join: fc.constantFrom("and" as const, "or" as const),
    rows: fc.array(tie("entry"), { maxLength: 4 }),
  }),
}));

/** With one row or none it does not matter how they are joined. */
function joined(one: Group): Group {
  return one.rows.length < 2 ? { ...one, join: "and" } : one;
}

describe("rows and CEL", () => {
  it("write what they read back", () => {
    fc.assert(
      fc.property(group, (rows) => {
        const written = writeRows(rows);
        const read = readRows(written);
        expect(read).toEqual(joined(plain(rows)));
        expect(read === undefined ? "" : writeRows(read)).toBe(written);
      }),
    );
  });

  it("never throw on a text, and write it again as it means the same", () => {
    fc.assert(
      fc.property(fc.string(), (source) => {
        const read = readRows(source);
        const again = read === undefined ? undefined : readRows(writeRows(read));
        expect(again).toEqual(read);
      }),
    );
  });
});
