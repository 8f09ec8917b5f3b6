import type { InboxTask } from "./groups.ts";

/** A refund that waits for a manager, for tests. */
export function inboxTask(task: Partial<InboxTask> & Pick<InboxTask, "id">): InboxTask {
  return {
    runId: "run",
    flow: "process-refund",
    flowName: "Refund processing",
    version: 1,
    node: "approval",
    status: "open",
    title: `Refund ${task.id}`,
    requester: null,
    outcomes: ["approved", "rejected"],
    outcomeTitles: {},
    inStep: false,
    columns: {},
    priority: "normal",
    openedAt: "2026-03-01T00:00:00Z",
    dueAt: null,
    closedAt: null,
    remindedAt: [],
    may: true,
    claimedBy: null,
    votes: null,
    decided: null,
    ...task,
  };
}
