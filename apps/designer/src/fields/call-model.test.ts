import { expect, it } from "vitest";
import { argumentOf, filledBy, withFilledBy } from "./call-model.ts";
import type { FieldSpec } from "./form-model.ts";

const url: FieldSpec = {
  pointer: "/url",
  name: "url",
  schema: { type: "string", minLength: 1, "x-label": "Address" },
  required: true,
  tab: "setup",
  more: false,
};

it("moves a setting from nobody to the flow, to the model and back", () => {
  const call = { type: "http.request" };
  expect(filledBy(call, "url")).toBe("nobody");
  const fixed = withFilledBy(call, url, "flow");
  expect(fixed).toEqual({ type: "http.request", params: { url: "" } });
  const open = withFilledBy(fixed, url, "model");
  expect(filledBy(open, "url")).toBe("model");
  expect(open).toEqual({
    type: "http.request",
    arguments: {
      type: "object",
      properties: { url: { type: "string", minLength: 1 } },
      required: ["url"],
      additionalProperties: false,
    },
  });
  expect(withFilledBy(open, url, "nobody")).toEqual(call);
});

it("leaves what a node evaluates itself to the flow", () => {
  expect(argumentOf({ type: "string", "x-escape": "html" })).toBeUndefined();
});
