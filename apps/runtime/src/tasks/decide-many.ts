/** The same answer for tasks that are alike. Each is decided by itself, by the one decision function. */
import { isUuid, uuid7 } from "../ids/uuid7.ts";
import { Problem } from "../problem/problem.ts";
import type { Caller } from "../services/services.ts";
import { decideTask, type Decided, type DecisionContext } from "./decide-task.ts";
import type { DecideMany, ManyResult } from "./task-services.ts";

/** @throws Problem 422 `not_alike`; then none is decided. */
export async function decideMany(
  context: DecisionContext,
  caller: Caller,
  many: DecideMany,
): Promise<ManyResult<{ decided: Decided }>[]> {
  const ids = many.tasks.map(({ id }) => id);
  const now = await refuseUnlike(context, caller.workspace, ids);
  const { outcome, comment, graceSeconds } = many;
  const results: ManyResult<{ decided: Decided }>[] = [];
  const bulk = uuid7();
  for (const { id, data } of many.tasks) {
    results.push(
      await eachOf(id, async () => ({
        decided: await decideTask(context, caller, {
          task: id,
          outcome,
          bulk,
          ...(data === undefined ? {} : { data }),
          ...(comment === undefined ? {} : { comment }),
          // They take effect together, and until then all can be taken back.
          ...(graceSeconds === undefined ? {} : { graceSeconds, graceUntil: now + graceSeconds * 1_000 }),
        }),
      })),
    );
  }
  return results;
}

/** What came of one of several: done, or why not. */
export async function eachOf<Done extends object>(task: string, act: () => Promise<Done>): Promise<ManyResult<Done>> {
  try {
    if (!isUuid(task)) throw new Problem(404, "task_not_found", "There is no such task.");
    return { task, done: true, ...(await act()) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { task, done: false, problem: error };
  }
}

/** @returns Now. */
async function refuseUnlike({ database }: DecisionContext, workspace: number, ids: readonly string[]): Promise<number> {
  const { rows } = await database.query<{ kinds: number; now: number }>(
    `select count(distinct (r.flow, t.node, t.outcomes, t.outcome_titles))::int as kinds, holdfast.ms(holdfast.now()) as now
     from holdfast.tasks t join holdfast.runs r on r.id = t.run where t.workspace = $1 and t.id = any($2::uuid[])`,
    [workspace, ids.filter((id) => isUuid(id))],
  );
  const [row] = rows;
  if ((row?.kinds ?? 0) > 1) {
    throw new Problem(422, "not_alike", "These tasks ask different things, so no one answer fits them all.", {
      pointer: "/tasks",
      hint: "Decide together what the same step of the same flow asks.",
    });
  }
  return row?.now ?? 0;
}
