/**
 * Who may decide a task, judged at the moment of the decision.
 */
import type { Caller } from "../services/services.ts";
import type { StoredTask } from "../store/tasks.ts";

export type Right = { readonly may: true } | { readonly may: false; readonly code: string; readonly message: string };

/** An administrator is not an approver by that alone. */
export function rightToDecide(
  task: Pick<StoredTask, "assignTo" | "notRequester" | "requester">,
  person: Caller["person"],
): Right {
  if (person === undefined) {
    return {
      may: false,
      code: "not_a_person",
      message: "Only a person, or a key that acts as one, can decide a task.",
    };
  }
  const { people, roles, groups } = task.assignTo;
  const anybody = people.length === 0 && roles.length === 0 && groups.length === 0;
  const assigned =
    anybody ||
    people.some((named) => isPerson(named, person)) ||
    roles.some((role) => person.roles.includes(role)) ||
    groups.some((group) => person.groups.includes(group));
  if (!assigned) return { may: false, code: "not_assigned", message: "This task is assigned to others." };
  if (task.notRequester && task.requester !== null && isPerson(task.requester, person)) {
    return { may: false, code: "requester_may_not_decide", message: "You asked for this, so someone else decides." };
  }
  return { may: true };
}

/** People are named by id or by e-mail address. */
function isPerson(named: string, person: NonNullable<Caller["person"]>): boolean {
  const text = named.trim().toLowerCase();
  return (
    text === person.id.toLowerCase() ||
    text === person.email.toLowerCase() ||
    text === `person:${person.id.toLowerCase()}`
  );
}
