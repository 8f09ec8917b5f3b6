import { expect, it } from "vitest";
import { groupTasks, rowFacts, type Task } from "./groups.ts";

const now = new Date("2026-03-10T09:00:00Z");

const task = (id: string, dueAt: string | null): Task => ({
  id,
  runId: "",
  flow: "refund",
  node: "approval",
  status: "open",
  title: id,
  description: null,
  context: {},
  columns: [],
  outcomes: ["approved", "rejected"],
  form: null,
  prefill: {},
  assignTo: { people: [], roles: [], groups: [] },
  requester: null,
  notRequester: false,
  aiOffline: false,
  openedAt: "2026-03-01T00:00:00Z",
  dueAt,
  expiresAt: dueAt,
  priority: "normal",
  closedAt: null,
  remindedAt: [],
  decision: null,
  may: true,
  mayNot: null,
  decidedBy: null,
});

it("groups by when they are due, the latest first", () => {
  const groups = groupTasks(
    [
      task("never", null),
      task("week", "2026-03-14T09:00:00Z"),
      task("late", "2026-03-09T09:00:00Z"),
      task("later", "2026-04-14T09:00:00Z"),
      task("today", "2026-03-10T10:00:00Z"),
    ],
    now,
  );
  expect(groups.map(({ due, tasks }) => [due, tasks.map(({ id }) => id)])).toEqual([
    ["overdue", ["late"]],
    ["today", ["today"]],
    ["week", ["week"]],
    ["later", ["later", "never"]],
  ]);
});

it("shows a task's business: a figure, and the rest as a line", () => {
  expect(
    rowFacts({ columns: ["amount", "customer", "gone"], context: { customer: "Marta" }, prefill: { amount: 12.5 } }),
  ).toEqual({ figure: 12.5, line: ["Marta"] });
});
