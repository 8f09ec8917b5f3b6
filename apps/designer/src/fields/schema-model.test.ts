import { describe, expect, it } from "vitest";
import {
  canShow,
  choicesText,
  fieldsIn,
  labelOf,
  typeOfField,
  withChoices,
  withFields,
  withType,
} from "./schema-model.ts";

const schema = {
  type: "object",
  properties: {
    amount: { type: "number", minimum: 0, "x-order": 2 },
    reason: { type: "string", "x-order": 1, "x-label": "Why" },
  },
  required: ["amount"],
  additionalProperties: false,
};

describe("a schema as fields", () => {
  it("has them in their order", () => {
    expect(fieldsIn(schema).map(({ name, required }) => [name, required])).toEqual([
      ["reason", false],
      ["amount", true],
    ]);
  });

  it("is the same again when nothing was changed", () => {
    expect(withFields(schema, fieldsIn(schema))).toEqual(schema);
    const plain = { type: "object", properties: { ok: { type: "boolean" } }, required: ["ok"] };
    expect(withFields(plain, fieldsIn(plain))).toEqual(plain);
  });

  it("keeps what it does not show", () => {
    const [first, second] = fieldsIn(schema);
    const turned = second === undefined || first === undefined ? {} : withFields(schema, [second, first]);
    expect(turned).toMatchObject({
      properties: { amount: { minimum: 0, "x-order": 1 }, reason: { "x-order": 2 } },
      additionalProperties: false,
    });
  });

  it("knows types by type, format and choices", () => {
    expect(typeOfField({ type: "string", format: "date" })).toBe("date");
    expect(typeOfField({ enum: ["a"] })).toBe("choice");
    expect(typeOfField({ type: "string", "x-widget": "text" })).toBe("longText");
    expect(typeOfField({})).toBe("any");
  });

  it("changes a type and keeps the words", () => {
    expect(withType({ type: "number", minimum: 3, description: "d", "x-order": 1 }, "date")).toEqual({
      type: "string",
      format: "date",
      description: "d",
      "x-order": 1,
    });
  });

  it("has choices on lines", () => {
    expect(withChoices({ type: "string" }, "a\n\n b \na")).toEqual({ type: "string", enum: ["a", "b"] });
    expect(choicesText({ enum: ["a", "b"] })).toBe("a\nb");
  });

  it("leaves alone what it can't show", () => {
    expect(canShow(schema)).toBe(true);
    expect(canShow({ $ref: "#/x" })).toBe(false);
    expect(canShow({ type: "object", properties: { a: { anyOf: [] } } })).toBe(false);
    expect(canShow({ type: "array" })).toBe(false);
  });

  it("calls fields by their label", () => {
    expect(fieldsIn(schema).map(labelOf)).toEqual(["Why", "amount"]);
  });
});
