/** The list in groups: by when tasks are due, or by how much they matter. The server has put them in order. */
import type { Outputs } from "../../rpc/outputs.ts";

/** With everything that its card shows. */
export type Task = Outputs["tasks"]["get"];
/** As the list knows it. */
export type InboxTask = Outputs["inbox"]["list"]["items"][number];

export type Group = "overdue" | "today" | "week" | "later" | InboxTask["priority"] | "newest" | "closed";

export interface TaskGroup {
  readonly group: Group;
  readonly tasks: readonly InboxTask[];
}

const DAY = 86_400_000;
const BY_DUE: readonly Group[] = ["overdue", "today", "week", "later"];
const BY_PRIORITY: readonly Group[] = ["urgent", "high", "normal", "low"];

export type Grouping = "due" | "priority" | "newest" | "closed";

function dueOf({ dueAt }: Pick<InboxTask, "dueAt">, now: Date): Group {
  if (dueAt === null) return "later";
  const due = new Date(dueAt);
  if (due < now) return "overdue";
  if (due.toDateString() === now.toDateString()) return "today";
  return due.getTime() - now.getTime() <= 7 * DAY ? "week" : "later";
}

/** Empty groups are left out; within a group the order stays. */
export function groupTasks(tasks: readonly InboxTask[], by: Grouping, now: Date): readonly TaskGroup[] {
  if (by === "newest" || by === "closed") return tasks.length === 0 ? [] : [{ group: by, tasks }];
  const groups = Map.groupBy(tasks, (task) => (by === "due" ? dueOf(task, now) : task.priority));
  return (by === "due" ? BY_DUE : BY_PRIORITY).flatMap((group) => {
    const members = groups.get(group);
    return members === undefined ? [] : [{ group, tasks: members }];
  });
}

/** When the reader's day ends. */
export function endOfDay(now: Date): string {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).toISOString();
}

/** A figure as the list shows it: cents are two. */
export function figureText(figure: number, language: string): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: Number.isInteger(figure) ? 0 : 2 }).format(figure);
}

/** Of a task's columns: the first number, which stands at the right, and the other values, which stand below. */
export function rowFacts({ columns }: Pick<InboxTask, "columns">): {
  readonly figure: number | undefined;
  readonly line: readonly string[];
} {
  const values = Object.values(columns);
  const figure = values.find((value) => typeof value === "number");
  return { figure, line: values.filter((value) => typeof value === "string" && value !== "").map(String) };
}
