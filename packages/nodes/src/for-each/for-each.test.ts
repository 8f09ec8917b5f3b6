import type { ChildResult, StepError } from "@holdfast/dsl";
import { expect, it } from "vitest";
import { controlContext } from "../../test/control-context.ts";
import { forEach } from "./definition.ts";

const body = { nodes: {}, edges: [] };
const error: StepError = { kind: "fatal", code: "http_404", message: "Not found." };
const done = (index: number): ChildResult => ({ index, status: "completed", output: `out ${index}` });

it("starts a child per item, ten at a time", () => {
  expect(forEach.begin({ items: ["a", "b"], body }, controlContext())).toEqual({
    type: "children",
    children: { source: "body", items: ["a", "b"], firstIndex: 0, concurrency: 10, onItemError: "stop" },
  });
});

it("is done at once when there is nothing to do", () => {
  expect(forEach.begin({ items: [], body }, controlContext())).toEqual({
    type: "output",
    port: "out",
    value: { results: [], failed: [] },
  });
});

it("gives results in the order of the items, whatever the order of the ends", () => {
  const outcome = forEach.resume?.({ items: [1, 2, 3], body }, controlContext(), [done(2), done(0), done(1)]);
  expect(outcome).toMatchObject({ value: { results: ["out 0", "out 1", "out 2"], failed: [] } });
});

it("fails with the first item that failed", () => {
  const outcome = forEach.resume?.({ items: [1, 2, 3], body }, controlContext(), [
    { index: 2, status: "canceled", error },
    { index: 1, status: "failed", error },
    done(0),
  ]);
  expect(outcome).toMatchObject({
    type: "fail",
    error: {
      kind: "fatal",
      code: "item_failed",
      pointer: "/params/items/1",
      message: "Item 2 of 3 failed: Not found.",
    },
  });
});

it("collects failures where it should go on", () => {
  const outcome = forEach.resume?.({ items: [1, 2], onItemError: "collect", body }, controlContext(), [
    { index: 0, status: "failed", error },
    done(1),
  ]);
  expect(outcome).toMatchObject({
    value: { results: [null, "out 1"], failed: [{ index: 0, error: { code: "http_404", message: "Not found." } }] },
  });
});
