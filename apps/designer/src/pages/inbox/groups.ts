/** Tasks as the list shows them: what is late first, then by when they are due. */
import type { Outputs } from "../../rpc/outputs.ts";

export type Task = Outputs["tasks"]["get"];
export type Due = "overdue" | "today" | "week" | "later";

export interface TaskGroup {
  readonly due: Due;
  readonly tasks: readonly Task[];
}

const DAY = 86_400_000;
const ORDER: readonly Due[] = ["overdue", "today", "week", "later"];

function dueOf({ dueAt }: Pick<Task, "dueAt">, now: Date): Due {
  if (dueAt === null) return "later";
  const due = new Date(dueAt);
  if (due < now) return "overdue";
  if (due.toDateString() === now.toDateString()) return "today";
  return due.getTime() - now.getTime() <= 7 * DAY ? "week" : "later";
}

/** Empty groups are left out. Within a group: what is due first, then what was asked first. */
export function groupTasks(tasks: readonly Task[], now: Date): readonly TaskGroup[] {
  const sorted = tasks.toSorted(
    (a, b) => time(a.dueAt) - time(b.dueAt) || Date.parse(a.openedAt) - Date.parse(b.openedAt),
  );
  const groups = Map.groupBy(sorted, (task) => dueOf(task, now));
  return ORDER.flatMap((due) => {
    const members = groups.get(due);
    return members === undefined ? [] : [{ due, tasks: members }];
  });
}

const time = (iso: string | null): number => (iso === null ? Number.POSITIVE_INFINITY : Date.parse(iso));

/** Of a task's columns: the first number, which stands at the right, and the other values, which stand below. */
export function rowFacts(task: Pick<Task, "columns" | "context" | "prefill">): {
  readonly figure: number | undefined;
  readonly line: readonly string[];
} {
  const values = task.columns.map((name) => ({ ...task.context, ...task.prefill })[name]);
  const figure = values.find((value) => typeof value === "number");
  return { figure, line: values.filter((value) => typeof value === "string" && value !== "").map(String) };
}
