/** Answers that take more people than can give them: who decides is known only when the task is open. */
import type { TaskView } from "../read/task-view.ts";
import type { Queryable } from "../read/queryable.ts";
import { standingsOf } from "../store/standing.ts";
import { mayDecideNow, type Standing } from "./standing.ts";

export interface TooFew {
  readonly outcome: string;
  readonly needs: number;
  /** Who have given it, and who still can. */
  readonly people: number;
}

/** By task. */
export async function tooFewFor(
  database: Queryable,
  workspace: number,
  tasks: readonly TaskView[],
): Promise<ReadonlyMap<string, readonly TooFew[]>> {
  const standings = await standingsOf(
    database,
    tasks.map(({ id }) => id),
    { everybody: workspace },
  );
  return new Map(
    tasks.map((task) => {
      const standing = standings.get(task.id);
      return [task.id, standing === undefined ? [] : tooFewOf(task, standing)];
    }),
  );
}

function tooFewOf(task: TaskView, standing: Standing): readonly TooFew[] {
  const voices = new Set(
    [...standing.people.keys()].flatMap((id) => {
      const right = mayDecideNow(task, id, standing);
      return right.may ? [right.onBehalfOf ?? id] : [];
    }),
  );
  return Object.entries(task.needs).flatMap(([outcome, needs]) => {
    const people = voices.size + standing.votes.filter((vote) => vote.outcome === outcome).length;
    return people < needs ? [{ outcome, needs, people }] : [];
  });
}
