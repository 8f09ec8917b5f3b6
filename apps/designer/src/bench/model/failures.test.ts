import type { Scenario } from "@holdfast/dsl";
import { expect, it } from "vitest";
import { deviationOf } from "./failures.ts";

const scenario: Scenario = {
  name: "Approved",
  decisions: [{ node: "approval", outcome: "approved", after: "2d", by: { id: "ana" } }],
  skips: [{ node: "pause", port: "out" }],
  expect: { status: "completed", reached: ["pay"], notReached: ["late"], output: 1, error: "no_money" },
};

it.each([
  ["/expect/status", "", { kind: "status", expected: "completed", found: "waiting" }],
  ["/expect/output", "", { kind: "output", expected: 1, found: null }],
  ["/expect/error", "The error is “other”.", { kind: "error", expected: "no_money", found: "other" }],
  ["/expect/error", "The run has no error.", { kind: "error", expected: "no_money", found: undefined }],
  ["/expect/reached/0", "", { kind: "reached", node: "pay" }],
  ["/expect/notReached/0", "", { kind: "notReached", node: "late" }],
  ["/decisions/0", "", { kind: "decisions", node: "approval", after: "2d" }],
  ["/skips/0", "", { kind: "skips", node: "pause" }],
  ["/answers/look~1up", "", { kind: "answers", node: "look/up" }],
  ["", "It can’t be walked.", { kind: "other", message: "It can’t be walked." }],
] as const)("%s %s", (pointer, message, deviation) => {
  expect(deviationOf(scenario, { pointer, message }, { status: "waiting", output: null })).toEqual(deviation);
});
