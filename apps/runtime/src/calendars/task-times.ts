/** When a task is due, brought to mind and escalated. */
import { type Assignment, DAY, type InboxSpec, type Span } from "@holdfast/dsl";

export interface TaskTimes {
  /** Milliseconds since the epoch; absent: by the deadline. */
  readonly due: number | undefined;
  readonly reminders: readonly number[];
  readonly ladder: readonly { readonly at: number; readonly assignTo: Assignment }[];
}

/** @param at when the wait opens */
export function taskTimes({ due, reminders, escalation }: InboxSpec, at: number): TaskTimes {
  return {
    due: due === undefined ? undefined : timeOf(due, at),
    reminders: reminders.map((span) => timeOf(span, at)).toSorted((a, b) => a - b),
    ladder: escalation
      .map(({ after, assignTo }) => ({ at: timeOf(after, at), assignTo }))
      .toSorted((a, b) => a.at - b.at),
  };
}

/** Working time has been worked out before; where not, its days are days of the clock. */
function timeOf(span: Span, at: number): number {
  if (typeof span === "number") return at + span;
  return "at" in span ? span.at : at + span.days * DAY + span.ms;
}
