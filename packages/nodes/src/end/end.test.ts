import { expect, it } from "vitest";
import { controlContext } from "../../test/control-context.ts";
import { failNode } from "../fail/definition.ts";
import { end } from "./definition.ts";

it("ends without an output", () => {
  expect(end.begin({}, controlContext())).toEqual({ type: "output", port: "out", value: undefined });
});

it("ends with one, null included", () => {
  expect(end.begin({ output: null }, controlContext())).toEqual({ type: "output", port: "out", value: null });
});

it("fails on purpose", () => {
  expect(failNode.begin({ code: "order_unknown", message: "There is no such order." }, controlContext())).toEqual({
    type: "fail",
    error: { kind: "fatal", code: "order_unknown", message: "There is no such order." },
  });
  expect(failNode.begin({ message: "No." }, controlContext())).toMatchObject({ error: { code: "failed" } });
});
