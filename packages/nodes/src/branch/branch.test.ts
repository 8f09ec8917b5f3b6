import { ExpressionError } from "@holdfast/dsl";
import { expect, it } from "vitest";
import { controlContext } from "../../test/control-context.ts";
import { branch } from "./definition.ts";

const params = {
  cases: [
    { port: "large", when: "a" },
    { port: "medium", when: "b" },
  ],
};

it.each([
  [["a", "b"], "large"],
  [["b"], "medium"],
  [[], "otherwise"],
])("with %j true goes on by %s", (truths, port) => {
  const outcome = branch.begin(
    params,
    controlContext((condition) => truths.includes(condition)),
  );
  expect(outcome).toEqual({ type: "output", port, value: {} });
});

it("looks no further than the first case that is true", () => {
  const seen: string[] = [];
  branch.begin(
    params,
    controlContext((condition) => seen.push(condition) === 1),
  );
  expect(seen).toEqual(["a"]);
});

it.each([[1], ["true"], [null], [[]], [{}]])("refuses a condition that gives %j", (value) => {
  const outcome = branch.begin(
    params,
    controlContext(() => value),
  );
  expect(outcome).toMatchObject({
    type: "fail",
    error: { kind: "fatal", code: "condition_not_boolean", pointer: "/params/cases/0/when" },
  });
});

it("makes an expression that can't be evaluated final, and says where it is", () => {
  const broken = controlContext(() => {
    throw new ExpressionError({
      code: "absent_value",
      message: "input.x is not there",
      start: 6,
      end: 7,
      expression: "input.x",
    });
  });
  expect(branch.begin(params, broken)).toMatchObject({
    type: "fail",
    error: {
      kind: "fatal",
      code: "expression_failed",
      pointer: "/params/cases/0/when",
      details: { expression: "input.x", start: 6, end: 7 },
    },
  });
});

it.each([["otherwise"], ["error"], ["Not a name"]])("refuses a case named %j", (port) => {
  expect(branch.begin({ cases: [{ port, when: "a" }] }, controlContext())).toMatchObject({
    type: "fail",
    error: { code: "params_invalid", pointer: "/params/cases/0/port" },
  });
});
