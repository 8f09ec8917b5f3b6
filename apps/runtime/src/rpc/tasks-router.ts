/** Tasks: what people are asked, and deciding it. */
import { z } from "zod";
import { Problem } from "../problem/problem.ts";
import { taskStatusView, type TaskView } from "../read/task-view.ts";
import { findTask, listTasks } from "../read/tasks.ts";
import type { SignedIn } from "../session/signed-in.ts";
import { rightToDecide } from "../tasks/right-to-decide.ts";
import { byId, idField, objectField, pageFields, pageOf } from "./fields.ts";
import { operation } from "./operation.ts";
import { authorized, router } from "./trpc.ts";

/** A task, with whether the caller may decide it, and why not. */
export interface TaskForPerson extends TaskView {
  readonly may: boolean;
  readonly mayNot: { readonly code: string; readonly message: string } | null;
}

const MOST_GRACE_SECONDS = 60;

export const tasksRouter = router({
  /** The oldest first. */
  list: authorized("task.read")
    .input(z.strictObject({ status: taskStatusView.optional(), run: idField.optional(), ...pageFields }).prefault({}))
    .query(async ({ ctx, input: { limit, cursor, ...filter } }) => {
      const page = await listTasks(ctx.database, ctx.principal.workspace, filter, pageOf({ limit, cursor }));
      return { ...page, items: page.items.map((task) => forPerson(task, ctx.principal)) };
    }),

  get: authorized("task.read")
    .input(byId)
    .query(async ({ ctx, input: { id } }) => {
      const task = await findTask(ctx.database, ctx.principal.workspace, id);
      if (task === undefined) throw new Problem(404, "task_not_found", "There is no such task.");
      return forPerson(task, ctx.principal);
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

function forPerson(task: TaskView, principal: SignedIn): TaskForPerson {
  const right = rightToDecide(task, principal.person);
  return right.may
    ? { ...task, may: true, mayNot: null }
    : { ...task, may: false, mayNot: { code: right.code, message: right.message } };
}
