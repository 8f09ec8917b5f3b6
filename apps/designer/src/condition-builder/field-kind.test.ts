import type { TypeEnv } from "@holdfast/dsl";
import { describe, expect, it } from "vitest";
import { askedPath, fieldType, operatorsFor, withField, withOperator } from "./field-kind.ts";
import type { Row } from "./rows.ts";

const env: TypeEnv = {
  roots: {
    input: {
      type: "object",
      properties: {
        total: { type: "number" },
        note: { type: "string" },
        kind: { enum: ["shop", "web"] },
        ok: { type: "boolean" },
        at: { type: "string", format: "date-time" },
        list: { type: "array" },
      },
      required: ["total", "kind", "ok", "at", "list"],
    },
  },
};

describe("the kind of a field", () => {
  it.each([
    ["input.total", "number"],
    ['input.?note.orValue("")', "text"],
    ["input.kind", "choice"],
    ["input.ok", "bool"],
    ["input.at", "time"],
    ["input.list", "any"],
    ["size(input.list)", "number"],
    ["", "any"],
  ])("of %s is %s", (field, kind) => {
    expect(fieldType(field, env).kind).toBe(kind);
  });

  it("decides what can be asked", () => {
    expect(operatorsFor(fieldType("input.kind", env))).toEqual(["is", "isNot", "oneOf", "noneOf", "isSet", "isNotSet"]);
    expect(operatorsFor(fieldType("input.ok", env), "is")).toContain("is");
  });
});

describe("a changed row", () => {
  const row: Row = { kind: "row", field: "input.total", operator: "below", value: { kind: "literal", value: 3 } };

  it("keeps what fits", () => {
    expect(withOperator(row, "oneOf")).toMatchObject({ operator: "oneOf", value: { kind: "list", values: [3] } });
    expect(withOperator(row, "isSet")).toEqual({ kind: "row", field: "input.total", operator: "isSet" });
    expect(withField(row, "input.ok", env)).toEqual({ kind: "row", field: "input.ok", operator: "isTrue" });
    expect(withField(row, "size(input.list)", env)).toMatchObject({ operator: "below", value: { value: 3 } });
  });

  it("asks for the path alone", () => {
    expect(askedPath('input.?note.orValue("")')).toBe("input.note");
    expect(askedPath("nodes.?check.score.orValue(0)")).toBe("nodes.?check.score");
    expect(askedPath("input.a")).toBe("input.a");
  });
});
