import { expect, it } from "vitest";
import { controlContext, NOON } from "../../test/control-context.ts";
import { invoke } from "./definition.ts";

const output = { type: "object", properties: { score: { type: "number" } }, required: ["score"] };

it("starts one run of the flow", () => {
  expect(invoke.begin({ flow: "credit-check", input: { id: 1 }, version: 3, timeout: "1h" }, controlContext())).toEqual(
    {
      type: "children",
      children: {
        source: { flow: "credit-check", version: 3 },
        items: [{ id: 1 }],
        firstIndex: 0,
        concurrency: 1,
        onItemError: "stop",
        deadline: NOON + 3_600_000,
      },
    },
  );
});

it("gives what the flow gave", () => {
  const outcome = invoke.resume?.({ flow: "f", output }, controlContext(), [
    { index: 0, status: "completed", output: { score: 7 } },
  ]);
  expect(outcome).toEqual({ type: "output", port: "out", value: { score: 7 } });
});

it("refuses what does not fit", () => {
  const outcome = invoke.resume?.({ flow: "f", output }, controlContext(), [
    { index: 0, status: "completed", output: { score: "high" } },
  ]);
  expect(outcome).toMatchObject({ type: "fail", error: { kind: "fatal", code: "output_invalid", pointer: "/score" } });
});

it.each([
  ["failed", "child_failed"],
  ["canceled", "child_canceled"],
] as const)("a child that %s is final", (status, code) => {
  const error = { kind: "error", code: "http_503", message: "Down." } as const;
  const outcome = invoke.resume?.({ flow: "f" }, controlContext(), [{ index: 0, status, error }]);
  expect(outcome).toMatchObject({ type: "fail", error: { kind: "fatal", code, details: { code: "http_503" } } });
});
