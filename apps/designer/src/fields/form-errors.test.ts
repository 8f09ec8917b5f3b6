import { compileSchema, type JsonObject } from "@holdfast/dsl";
import { describe, expect, it } from "vitest";
import { translator } from "../words/use-words.tsx";
import { errorAt, formErrors, words } from "./form-errors.ts";

const schema: JsonObject = {
  type: "object",
  required: ["amount"],
  properties: {
    amount: { type: "number" },
    pieces: { type: "integer", minimum: 1 },
    mail: { type: "string", format: "email" },
    name: { type: "string", minLength: 1, maxLength: 3 },
    size: { enum: ["S", "M"] },
    "a/b": { type: "boolean" },
    address: { type: "object", properties: { street: { type: "string" } }, required: ["street"] },
    lines: { type: "array", maxItems: 1, items: { type: "object", properties: { qty: { type: "integer" } } } },
  },
};

function wrong(value: JsonObject, language: "en" | "uk" = "en") {
  const result = compileSchema(schema).validate(value);
  return result.ok ? {} : formErrors(result.errors, translator(words, language));
}

describe("what does not fit", () => {
  it("is told at its field, what is missing where it would stand", () => {
    expect(wrong({ address: {} })).toEqual({ amount: "Fill this in.", "address/street": "Fill this in." });
    const lines = [{ qty: 1.5 }, { qty: 2 }];
    expect(wrong({ amount: "1", pieces: 0, mail: "x", name: "", size: "L", "a/b": 1, lines })).toEqual({
      amount: "Write a number.",
      pieces: "At least 1.",
      mail: "Write an e-mail address.",
      name: "Don’t leave this empty.",
      size: 'Choose one of: "S", "M".',
      "a/b": "Say yes or no.",
      lines: "At most 1 of them.",
      "lines/0/qty": "Write a whole number.",
    });
  });

  it("is told in the reader's language", () => {
    expect(wrong({ amount: 1, name: "abcd" }, "uk")).toEqual({ name: "Щонайбільше символів: 3." });
  });

  it("is told of a field that is shown as a whole with all that is in it", () => {
    const errors = { "lines/0/qty": "Write a whole number." };
    expect(errorAt(errors, "lines", true)).toBe("Write a whole number.");
    expect(errorAt(errors, "lines", false)).toBeUndefined();
    expect(errorAt(errors, "line", true)).toBeUndefined();
  });
});
