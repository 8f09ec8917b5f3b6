import type { Json } from "@holdfast/dsl";
import { expect, it } from "vitest";
import { controlContext, NOON } from "../../test/control-context.ts";
import { repeat } from "./definition.ts";

const params = { until: "last.done", maxIterations: 3, body: { nodes: {}, edges: [] } };

it("begins with the first iteration", () => {
  expect(repeat.begin(params, controlContext())).toEqual({
    type: "children",
    children: { source: "body", items: [null], firstIndex: 0, concurrency: 1, onItemError: "stop" },
  });
});

it("asks its condition with what the iteration gave", () => {
  const asked: Json[] = [];
  const context = controlContext((condition, roots) => asked.push(condition, { ...roots }) > 0);
  const outcome = repeat.resume?.(params, context, [{ index: 1, status: "completed", output: { done: true } }]);
  expect(asked).toEqual(["last.done", { last: { done: true }, index: 1 }]);
  expect(outcome).toEqual({ type: "output", port: "out", value: { last: { done: true }, iterations: 2 } });
});

it("goes on after its pause, with the last result", () => {
  const outcome = repeat.resume?.({ ...params, pause: "30s" }, controlContext(), [
    { index: 0, status: "completed", output: 7 },
  ]);
  expect(outcome).toMatchObject({ type: "children", children: { firstIndex: 1, last: 7, notBefore: NOON + 30_000 } });
});

it("fails when it has gone round often enough", () => {
  const outcome = repeat.resume?.(params, controlContext(), [{ index: 2, status: "completed", output: 7 }]);
  expect(outcome).toMatchObject({ type: "fail", error: { kind: "fatal", code: "max_iterations_reached" } });
});

it("fails with its body", () => {
  const error = { kind: "fatal", code: "x", message: "No." } as const;
  const outcome = repeat.resume?.(params, controlContext(), [{ index: 0, status: "failed", error }]);
  expect(outcome).toMatchObject({
    type: "fail",
    error: { kind: "fatal", code: "iteration_failed", details: { index: 0, code: "x" } },
  });
});

it("refuses a condition that is neither true nor false", () => {
  const outcome = repeat.resume?.(
    params,
    controlContext(() => "yes"),
    [{ index: 0, status: "completed", output: 7 }],
  );
  expect(outcome).toMatchObject({ type: "fail", error: { code: "condition_not_boolean" } });
});
