import { expect, it } from "vitest";
import { endOfDay, groupTasks, type InboxTask, rowFacts } from "./groups.ts";
import { inboxTask } from "./inbox-task.fixture.ts";

const now = new Date("2026-03-10T09:00:00Z");

const due = (id: string, dueAt: string | null, priority: InboxTask["priority"] = "normal"): InboxTask =>
  inboxTask({ id, dueAt, priority });

const TASKS = [
  due("late", "2026-03-09T09:00:00Z"),
  due("today", "2026-03-10T10:00:00Z", "low"),
  due("week", "2026-03-14T09:00:00Z", "urgent"),
  due("later", "2026-04-14T09:00:00Z"),
  due("never", null),
];

const ids = (by: Parameters<typeof groupTasks>[1]): unknown =>
  groupTasks(TASKS, by, now).map(({ group, tasks }) => [group, tasks.map(({ id }) => id)]);

it("groups by when they are due, the latest first", () => {
  expect(ids("due")).toEqual([
    ["overdue", ["late"]],
    ["today", ["today"]],
    ["week", ["week"]],
    ["later", ["later", "never"]],
  ]);
});

it("groups by priority, and not at all where there is another order", () => {
  expect(ids("priority")).toEqual([
    ["urgent", ["week"]],
    ["normal", ["late", "later", "never"]],
    ["low", ["today"]],
  ]);
  expect(ids("newest")).toEqual([["newest", ["late", "today", "week", "later", "never"]]]);
});

it("shows a task's business: a figure, and the rest as a line", () => {
  expect(rowFacts({ columns: { amount: 12.5, customer: "Marta", note: "" } })).toEqual({
    figure: 12.5,
    line: ["Marta"],
  });
});

it("ends the day where the reader is", () => {
  expect(new Date(endOfDay(now)).getTime()).toBeGreaterThan(now.getTime());
  expect(Date.parse(endOfDay(now)) - now.getTime()).toBeLessThanOrEqual(86_400_000);
});
