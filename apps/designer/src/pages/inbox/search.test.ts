import { expect, it } from "vitest";
import {
  filtersOf,
  type InboxSearch,
  inboxSearch,
  queryOf,
  readColumn,
  readSaved,
  savedText,
  without,
} from "./search.ts";

const SEARCH: InboxSearch = {
  view: "all",
  order: "priority",
  flow: "process-refund",
  due: "today",
  col: ["amount over 100", "customer has Marta & Co"],
  q: "100 %",
};

it("takes what fits of an address, and leaves the rest", () => {
  expect(
    inboxSearch({ view: "nothing", priority: "urgent", q: 12, col: ["amount over much", "amount over 5"], x: 1 }),
  ).toEqual({
    priority: "urgent",
    q: "12",
    col: ["amount over 5"],
  });
  expect(inboxSearch({ view: "decided" })).toEqual({ view: "done" });
});

it("keeps a list as a text, and makes it from it again", () => {
  expect(readSaved(savedText({ ...SEARCH, task: "t", saved: "s" }))).toEqual(SEARCH);
  expect(readSaved("")).toEqual({});
  expect(savedText({ view: "all", q: "x" })).toBe(savedText({ q: "x", view: "all" }));
});

it("asks the server for it", () => {
  expect(queryOf(SEARCH, "2026-03-10T22:00:00Z")).toEqual({
    view: "all",
    order: "priority",
    flow: "process-refund",
    due: "today",
    endOfDay: "2026-03-10T22:00:00Z",
    columns: [
      { column: "amount", test: "over", value: "100" },
      { column: "customer", test: "has", value: "Marta & Co" },
    ],
    q: "100 %",
  });
  expect(queryOf({}, "")).toEqual({ view: "mine", order: "due" });
});

it("knows which filters hold", () => {
  expect(filtersOf(SEARCH)).toEqual(["flow", "due", "col", "q"]);
  expect(filtersOf(without(SEARCH, "flow", "due", "col", "q"))).toEqual([]);
});

it("reads a condition by its first test word", () => {
  expect(readColumn("order total is over 9")).toEqual({ column: "order total", test: "is", value: "over 9" });
  expect(readColumn("amount")).toBeUndefined();
});
