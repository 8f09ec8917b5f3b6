/** Tasks: what people are asked, and deciding it. */
import { z } from "zod";
import { Problem } from "../problem/problem.ts";
import { taskStatusView, type TaskView } from "../read/task-view.ts";
import { findTask, listTasks } from "../read/tasks.ts";
import { personNames } from "../read/draft-view.ts";
import type { Queryable } from "../read/queryable.ts";
import type { SignedIn } from "../session/signed-in.ts";
import { rightToDecide } from "../tasks/right-to-decide.ts";
import { DEFAULT_LIMIT } from "../read/cursor.ts";
import { byId, idField, objectField, pageFields, pageOf } from "./fields.ts";
import { operation } from "./operation.ts";
import { authorized, router } from "./trpc.ts";

/** A task, with whether the caller may decide it, and why not. */
export interface TaskForPerson extends TaskView {
  readonly may: boolean;
  readonly mayNot: { readonly code: string; readonly message: string } | null;
  /** Who decided it, by name. */
  readonly decidedBy: string | null;
}

/** An inbox is sorted and searched as a whole. */
const MOST_LISTED = 500;
const MOST_GRACE_SECONDS = 60;

export const tasksRouter = router({
  /** The oldest first. */
  list: authorized("task.read")
    .input(
      z
        .strictObject({
          ...pageFields,
          limit: z.int().min(1).max(MOST_LISTED).default(DEFAULT_LIMIT),
          status: taskStatusView.optional(),
          run: idField.optional(),
        })
        .prefault({}),
    )
    .query(async ({ ctx, input: { limit, cursor, ...filter } }) => {
      const page = await listTasks(ctx.database, ctx.principal.workspace, filter, pageOf({ limit, cursor }));
      return { ...page, items: await forPerson(ctx, page.items) };
    }),

  get: authorized("task.read")
    .input(byId)
    .query(async ({ ctx, input: { id } }) => {
      const found = await findTask(ctx.database, ctx.principal.workspace, id);
      const [task] = found === undefined ? [] : await forPerson(ctx, [found]);
      if (task === undefined) throw new Problem(404, "task_not_found", "There is no such task.");
      return task;
    }),

  /** With `graceSeconds` it can be taken back for so long, and takes effect afterwards. */
  decide: operation("task.decide")
    .input(
      z.strictObject({
        task: idField,
        outcome: z.string().min(1).max(63),
        data: objectField.optional(),
        comment: z.string().max(10_000).optional(),
        graceSeconds: z.int().min(0).max(MOST_GRACE_SECONDS).default(0),
      }),
    )
    .mutation(({ ctx, input: { data, comment, ...decide } }) =>
      ctx.services.decideTask(ctx.principal, {
        ...decide,
        ...(data === undefined ? {} : { data }),
        ...(comment === undefined || comment === "" ? {} : { comment }),
      }),
    ),

  takeBack: operation("task.decide")
    .input(byId)
    .mutation(({ ctx, input: { id } }) => ctx.services.takeBackDecision(ctx.principal, id)),
});

async function forPerson(
  { database, principal }: { readonly database: Queryable; readonly principal: SignedIn },
  tasks: readonly TaskView[],
): Promise<TaskForPerson[]> {
  const names = await personNames(
    database,
    tasks.map(({ decision }) => decision?.by ?? null),
  );
  return tasks.map((task) => {
    const right = rightToDecide(task, principal.person);
    const mayNot = right.may ? null : { code: right.code, message: right.message };
    const decidedBy = task.decision === null ? null : (names[task.decision.by.id] ?? task.decision.by.id);
    return { ...task, may: right.may, mayNot, decidedBy };
  });
}
