import { expect, it } from "vitest";
import { controlContext } from "../../test/control-context.ts";
import { jsonValidate } from "./definition.ts";

const schema = {
  type: "object",
  properties: {
    id: { type: "string" },
    lines: { type: "array", items: { type: "object", properties: { n: { minimum: 1 } } } },
  },
  required: ["id"],
};

it("goes on by “valid” with the data", () => {
  const value = { id: "A-1", lines: [{ n: 1 }], more: true };
  expect(jsonValidate.begin({ value, schema }, controlContext())).toEqual({
    type: "output",
    port: "valid",
    value: { value },
  });
});

it("goes on by “invalid” with every problem and its place", () => {
  const outcome = jsonValidate.begin({ value: { lines: [{ n: 1 }, { n: 0 }] }, schema }, controlContext());
  expect(outcome).toMatchObject({
    type: "output",
    port: "invalid",
    value: {
      value: { lines: [{ n: 1 }, { n: 0 }] },
      problems: expect.arrayContaining([
        expect.objectContaining({ pointer: "/lines/1/n" }),
        expect.objectContaining({ message: expect.stringContaining("id") }),
      ]),
      summary: expect.stringContaining("/lines/1/n"),
    },
  });
});

it.each([null, 7, "text", []])("takes %j for data as well", (value) => {
  expect(jsonValidate.begin({ value, schema }, controlContext())).toMatchObject({ port: "invalid" });
});

it("fails where the schema can't be used", () => {
  expect(
    jsonValidate.begin({ value: 1, schema: { $ref: "https://elsewhere.example/x" } }, controlContext()),
  ).toMatchObject({
    type: "fail",
    error: { kind: "fatal", code: "schema_invalid", pointer: "/params/schema" },
  });
});
