/** Whom a task may be given to, and who may decide it. */
import type { Queryable } from "../read/queryable.ts";
import { standingsOf } from "../store/standing.ts";
import { exclusionOf, isAssigned, mayDecideNow, type Standing, type TaskOfRight, wouldLoop } from "./standing.ts";

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

/** Who may decide each of the tasks now, by task: whoever is to be told of it. */
export async function decidersOf(
  database: Queryable,
  workspace: number,
  tasks: readonly TaskOfDeciders[],
): Promise<ReadonlyMap<string, readonly Decider[]>> {
  const standings = await standingsOf(
    database,
    tasks.map(({ id }) => id),
    { everybody: workspace },
  );
  return new Map(
    tasks.map((task) => {
      const standing = standings.get(task.id);
      const people = standing === undefined ? [] : [...standing.people.values()];
      return [
        task.id,
        people.flatMap((person) => {
          if (standing === undefined || !mayDecideNow(task, person.id, standing).may) return [];
          const { id, name, email } = person;
          return person.roles.length === 0 ? [] : [{ id, name, email, assigned: isAssigned(task, person) }];
        }),
      ];
    }),
  );
}
