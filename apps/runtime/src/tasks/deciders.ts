/** Whom a task may be given to, and who may decide it. */
import type { Queryable } from "../read/queryable.ts";
import { standingsOf } from "../store/standing.ts";
import {
  exclusionOf,
  isAssigned,
  isForEverybody,
  mayDecideNow,
  type Standing,
  type TaskOfRight,
  wouldLoop,
} from "./standing.ts";

type TaskOfDeciders = TaskOfRight & { readonly id: string };

export interface Decider {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Whether they may decide it without being given it. */
  readonly assigned: boolean;
}

/** Why somebody can't give the task to somebody; undefined: they can. */
export function whyNotDelegate(
  task: TaskOfDeciders,
  from: string,
  to: string,
  standing: Standing,
): { readonly code: string; readonly message: string } | undefined {
  const person = standing.people.get(to);
  if (person === undefined) return { code: "unknown_person", message: "There is no such person here." };
  const { name } = person;
  if (to === from) return { code: "delegate_to_self", message: "You can't give a task to yourself." };
  if (person.roles.length === 0) {
    return { code: "may_not_decide", message: `${name} has no role, and so may not decide tasks.` };
  }
  const excluded = exclusionOf(task, person, standing);
  if (excluded !== undefined) return { code: excluded.code, message: excluded.message };
  if (standing.votes.some(({ actor }) => actor === `person:${to}`)) {
    return { code: "already_voted", message: `${name} has answered this already.` };
  }
  if (wouldLoop(standing.delegations, from, to)) {
    return { code: "delegation_loop", message: `It has come to you from ${name}.` };
  }
  return undefined;
}

/** Whom somebody may give a task to: those it is assigned to first, then by name. */
export async function delegatesOf(
  database: Queryable,
  workspace: number,
  task: TaskOfDeciders,
  from: string,
): Promise<readonly Decider[]> {
  const standing = (await standingsOf(database, [task.id], { everybody: workspace })).get(task.id);
  if (standing === undefined) return [];
  return [...standing.people.values()]
    .filter(({ id }) => whyNotDelegate(task, from, id, standing) === undefined)
    .map((person) => ({ id: person.id, name: person.name, email: person.email, assigned: isAssigned(task, person) }))
    .toSorted((a, b) => Number(b.assigned) - Number(a.assigned));
}

/**
 * Who may decide the task now, and so is to be told that it waits: who has handed it over, or answered it, is not. What
 * is for everybody is brought to nobody's mind but of whom it was given to.
 */
export async function peopleToTell(
  database: Queryable,
  { id, workspace }: { readonly id: string; readonly workspace: number },
): Promise<readonly string[]> {
  const found = await database.query<TaskOfDeciders>(
    `select id, assign_to as "assignTo", requester, not_requester as "notRequester" from holdfast.tasks where id = $1`,
    [id],
  );
  const [task] = found.rows;
  const standing = (await standingsOf(database, [id], { everybody: workspace })).get(id);
  if (task === undefined || standing === undefined) return [];
  const forAll = isForEverybody(task);
  return [...standing.people.values()]
    .filter((person) => {
      const right = mayDecideNow(task, person.id, standing);
      return right.may && (!forAll || right.onBehalfOf !== null) && person.roles.length > 0;
    })
    .map((person) => person.id);
}
