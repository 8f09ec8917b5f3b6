/** Tasks: what people are asked, and deciding it. */
import { z } from "zod";
import { Problem } from "../problem/problem.ts";
import { taskStatusView, type TaskView } from "../read/task-view.ts";
import { findTask, listTasks } from "../read/tasks.ts";
import { readTaskFile } from "../read/task-files.ts";
import { personNames } from "../read/draft-view.ts";
import type { Queryable } from "../read/queryable.ts";
import type { SignedIn } from "../session/signed-in.ts";
import { viewProblem } from "../api/problem-view.ts";
import { standingsOf } from "../store/standing.ts";
import { LONGEST_COMMENT } from "../tasks/comment.ts";
import { type Decider, delegatesOf } from "../tasks/deciders.ts";
import { needsSeveral } from "../tasks/needs.ts";
import { mayDecideNow } from "../tasks/standing.ts";
import type { ManyResult } from "../tasks/task-services.ts";
import { type TooFew, tooFewFor } from "../tasks/too-few.ts";
import { DEFAULT_LIMIT } from "../read/cursor.ts";
import { byId, idField, objectField, pageFields, pageOf } from "./fields.ts";
import { operation } from "./operation.ts";
import { authorized, router } from "./trpc.ts";

/** A task, with whether the caller may decide it, and why not. */
export interface TaskForPerson extends TaskView {
  readonly may: boolean;
  readonly mayNot: { readonly code: string; readonly message: string } | null;
  /** For whom the caller would decide; null: for themselves. */
  readonly onBehalfOf: { readonly id: string; readonly name: string } | null;
  /** Whether they may give it to others: whoever holds it in somebody's stead may not. */
  readonly mayDelegate: boolean;
  /** Answers that take more people than there are. */
  readonly tooFew: readonly TooFew[];
  /** Who decided it, by name. */
  readonly decidedBy: string | null;
}

/** An inbox is sorted and searched as a whole. */
const MOST_LISTED = 500;
const MOST_GRACE_SECONDS = 60;
const MOST_AT_ONCE = 200;

const answerFields = {
  outcome: z.string().min(1).max(63),
  comment: z.string().max(LONGEST_COMMENT).optional(),
  graceSeconds: z.int().min(0).max(MOST_GRACE_SECONDS).default(0),
} as const;
const byTask = z.strictObject({ task: idField });
const byFile = z.strictObject({ task: idField, file: idField });

const commentOf = (comment: string | undefined): { comment?: string } =>
  comment === undefined || comment === "" ? {} : { comment };
const dataOf = <Data>(data: Data | undefined): { data?: Data } => (data === undefined ? {} : { data });

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

  /**
   * With `graceSeconds` it can be taken back for so long, and takes effect afterwards. `data` is the form as it stands:
   * a field that was emptied is not there.
   */
  decide: operation("task.decide")
    .input(z.strictObject({ ...answerFields, task: idField, data: objectField.optional() }))
    .mutation(({ ctx, input: { data, comment, ...decide } }) =>
      ctx.services.decideTask(ctx.principal, { ...decide, ...dataOf(data), whole: true, ...commentOf(comment) }),
    ),

  /** The same answer for tasks of one step of one flow; one result for each. */
  decideMany: operation("task.decide")
    .input(
      z.strictObject({
        ...answerFields,
        tasks: z
          .array(z.strictObject({ id: idField, data: objectField.optional() }))
          .min(1)
          .max(MOST_AT_ONCE),
      }),
    )
    .mutation(async ({ ctx, input: { tasks, comment, ...many } }) => {
      const results = await ctx.services.decideMany(ctx.principal, {
        ...many,
        ...commentOf(comment),
        tasks: tasks.map(({ id, data }) => ({ id, ...dataOf(data) })),
      });
      return results.map((one) => told(one, ctx.requestId));
    }),

  takeBackMany: operation("task.decide")
    .input(z.strictObject({ tasks: z.array(idField).min(1).max(MOST_AT_ONCE) }))
    .mutation(async ({ ctx, input }) => {
      const results = await ctx.services.takeBackMany(ctx.principal, input.tasks);
      return results.map((one) => told(one, ctx.requestId));
    }),

  /** Nobody else decides it meanwhile. */
  claim: operation("task.decide")
    .input(byId)
    .mutation(({ ctx, input: { id } }) => ctx.services.claimTask(ctx.principal, id)),

  release: operation("task.decide")
    .input(byId)
    .mutation(({ ctx, input: { id } }) => ctx.services.releaseTask(ctx.principal, id)),

  /** Whom the caller may give it to. */
  deciders: authorized("task.decide")
    .input(byTask)
    .query(async ({ ctx: { database, principal }, input }): Promise<readonly Decider[]> => {
      const { workspace, person } = principal;
      const task = await findTask(database, workspace, input.task);
      if (task === undefined) throw new Problem(404, "task_not_found", "There is no such task.");
      return delegatesOf(database, workspace, task, person.id);
    }),

  delegate: operation("task.decide")
    .input(
      z.strictObject({
        task: idField,
        to: idField,
        kind: z.enum(["delegate", "handOver"]),
        until: z.iso.datetime({ offset: true }).optional(),
        reason: z.string().trim().max(1_000).optional(),
      }),
    )
    .mutation(({ ctx, input: { until, reason, ...delegate } }) =>
      ctx.services.delegateTask(ctx.principal, {
        ...delegate,
        ...(until === undefined ? {} : { until }),
        ...(reason === undefined || reason === "" ? {} : { reason }),
      }),
    ),

  endDelegation: operation("task.decide")
    .input(byTask)
    .mutation(({ ctx, input: { task } }) => ctx.services.endDelegation(ctx.principal, task)),

  comment: operation("task.comment")
    .input(z.strictObject({ task: idField, text: z.string().max(LONGEST_COMMENT) }))
    .mutation(({ ctx, input: { task, text } }) => ctx.services.commentOnTask(ctx.principal, task, text)),

  /** `content` is base64. */
  addFile: operation("task.comment")
    .input(
      z.strictObject({
        task: idField,
        name: z.string().min(1).max(1_000),
        type: z.string().max(200).optional(),
        content: z.base64(),
      }),
    )
    .mutation(({ ctx, input: { type, content, ...file } }) =>
      ctx.services.addTaskFile(ctx.principal, {
        ...file,
        ...(type === undefined ? {} : { type }),
        content: Buffer.from(content, "base64"),
      }),
    ),

  /** `content` is base64: the page makes a download of it. */
  file: authorized("task.read")
    .input(byFile)
    .query(async ({ ctx: { database, principal }, input }) => {
      const { name, type, content } = await readTaskFile(database, principal.workspace, input.task, input.file);
      return { name, type, content: content.toString("base64") };
    }),

  removeFile: operation("task.comment")
    .input(byFile)
    .mutation(({ ctx, input: { task, file } }) => ctx.services.removeTaskFile(ctx.principal, task, file)),

  takeBack: operation("task.decide")
    .input(byId)
    .mutation(({ ctx, input: { id } }) => ctx.services.takeBackDecision(ctx.principal, id)),
});

/** A refusal of one of several is told as it would be told by itself. */
function told<Done extends object>(one: ManyResult<Done>, requestId: string) {
  return one.done ? one : { task: one.task, done: one.done, problem: viewProblem(one.problem, requestId) };
}

/** As they look to one person, with what that person may. */
export async function forPerson(
  { database, principal }: { readonly database: Queryable; readonly principal: Pick<SignedIn, "workspace" | "person"> },
  tasks: readonly TaskView[],
): Promise<TaskForPerson[]> {
  const names = await personNames(
    database,
    tasks.map(({ decision }) => decision?.by ?? null),
  );
  const standings = await standingsOf(
    database,
    tasks.map(({ id }) => id),
    principal.person.id,
  );
  const short = await tooFewFor(
    database,
    principal.workspace,
    tasks.filter((task) => task.status === "open" && needsSeveral(task)),
  );
  return tasks.map((task) => {
    const standing = standings.get(task.id);
    if (standing === undefined) throw new Error(`task ${task.id} is gone`);
    const right = mayDecideNow(task, principal.person.id, standing);
    const whom = right.may && right.onBehalfOf !== null ? standing.people.get(right.onBehalfOf) : undefined;
    return {
      ...task,
      may: right.may,
      mayNot: right.may ? null : { code: right.code, message: right.message },
      onBehalfOf: whom === undefined ? null : { id: whom.id, name: whom.name },
      mayDelegate: right.may ? right.holds : right.code === "handed_over",
      tooFew: short.get(task.id) ?? [],
      decidedBy: task.decision === null ? null : (names[task.decision.by.id] ?? task.decision.by.id),
    };
  });
}
