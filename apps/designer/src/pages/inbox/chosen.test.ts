import { expect, it } from "vitest";
import { areAlike, between, canBeChosen, sums } from "./chosen.ts";
import { inboxTask } from "./inbox-task.fixture.ts";

const list = ["a", "b", "c", "d"].map((id) => inboxTask({ id }));

it("chooses from one to another, in either direction", () => {
  expect(between(list, "b", "d")).toEqual(["b", "c", "d"]);
  expect(between(list, "c", "a")).toEqual(["a", "b", "c"]);
  expect(between(list, undefined, "c")).toEqual(["c"]);
  expect(between(list, "b", "gone")).toEqual([]);
});

it("tells what is alike: one step of one flow with the same answers", () => {
  const one = inboxTask({ id: "a" });
  expect(areAlike(one, inboxTask({ id: "b", version: 2 }))).toBe(true);
  expect(areAlike(one, inboxTask({ id: "b", node: "second" }))).toBe(false);
  expect(areAlike(one, inboxTask({ id: "b", outcomes: ["approved"] }))).toBe(false);
  expect(areAlike(one, inboxTask({ id: "b", outcomeTitles: { approved: "Pay" } }))).toBe(false);
});

it("adds up what is a number", () => {
  expect(sums([{ columns: { amount: 0.1, customer: "A" } }, { columns: { amount: 0.2 } }, { columns: {} }])).toEqual([
    { name: "amount", sum: 0.3 },
  ]);
});

it("never chooses what the person may not decide", () => {
  expect(canBeChosen(inboxTask({ id: "a" }))).toBe(true);
  expect(canBeChosen(inboxTask({ id: "a", may: false }))).toBe(false);
  expect(canBeChosen(inboxTask({ id: "a", status: "decided" }))).toBe(false);
});
