import { expect, it } from "vitest";
import { controlContext } from "../../test/control-context.ts";
import { dataSet } from "./definition.ts";

it("gives its values", () => {
  expect(dataSet.begin({ values: { a: [1, { b: null }] } }, controlContext())).toEqual({
    type: "output",
    port: "out",
    value: { a: [1, { b: null }] },
  });
});

it("refuses a field it does not know", () => {
  expect(dataSet.begin({ values: {}, extra: 1 }, controlContext())).toMatchObject({
    type: "fail",
    error: { code: "params_invalid" },
  });
});
