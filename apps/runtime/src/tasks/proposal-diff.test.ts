import { expect, test } from "vitest";
import { proposalDiff } from "./proposal-diff.ts";

test("every place that differs, with types kept", () => {
  expect(
    proposalDiff(
      { amount: 12.5, urgent: false, note: "x", lines: [{ id: "a", n: 1 }], same: { deep: [1] } },
      { amount: "12.5", urgent: true, lines: [{ id: "a", n: 2 }], same: { deep: [1] }, more: null },
    ),
  ).toEqual([
    { pointer: "/amount", before: 12.5, after: "12.5" },
    { pointer: "/lines/0/n", before: 1, after: 2 },
    { pointer: "/more", after: null },
    { pointer: "/note", before: "x" },
    { pointer: "/urgent", before: false, after: true },
  ]);
});
