import { z } from "@hono/zod-openapi";
import { Problem } from "../../problem/problem.ts";
import { readTaskFile } from "../../read/task-files.ts";
import { fileView, taskStatusView, taskView, type TaskView } from "../../read/task-view.ts";
import { findTask, listTasks } from "../../read/tasks.ts";
import { pageView, timeView, uuidView } from "../../read/view.ts";
import { idParams, objectField, pageQuery } from "../fields.ts";
import { problemView, viewProblem } from "../problem-view.ts";
import { defineRoute, type RouteTools } from "../route.ts";

async function requireTask(tools: RouteTools, workspace: number, id: string): Promise<TaskView> {
  const task = await findTask(tools.database, workspace, id);
  if (task === undefined) throw new Problem(404, "task_not_found", `there is no task ${JSON.stringify(id)}`);
  return task;
}

const decision = z
  .strictObject({
    outcome: z.string().min(1).max(200).openapi({ description: "One of the task's `outcomes`." }),
    data: objectField.optional().openapi({ description: "The form; what is left out takes the prefill." }),
    comment: z.string().max(10_000).optional(),
    graceSeconds: z
      .number()
      .min(0)
      .max(600)
      .optional()
      .openapi({ description: "So long it can be taken back; by default not at all." }),
  })
  .openapi("Decide");

const many = decision
  .omit({ data: true })
  .extend({
    tasks: z
      .array(z.strictObject({ id: z.string().max(200), data: objectField.optional() }))
      .min(1)
      .max(200),
  })
  .openapi("DecideMany");

const delegation = z
  .strictObject({
    to: z.string().max(200).openapi({ description: "A person, by id or e-mail address." }),
    kind: z.enum(["delegate", "handOver"]).openapi({
      description: "`delegate`: on your behalf, and you still may decide. `handOver`: instead of you.",
    }),
    until: z.iso.datetime({ offset: true }).optional().openapi({ description: "Absent: as long as the task is open." }),
    reason: z.string().max(1_000).optional(),
  })
  .openapi("Delegate");

const decisionMade = z.object({
  id: uuidView,
  taskId: uuidView,
  outcome: z.string(),
  effectiveAt: timeView,
  decided: z.boolean().openapi({ description: "False: more people have to give the same answer." }),
});

const said = z.object({ id: uuidView });
const fileParams = idParams.extend({ file: z.string().min(1).max(200) });
const again = { status: 200, description: "The task as it stands now.", schema: taskView } as const;

export const taskRoutes = [
  defineRoute({
    method: "get",
    path: "/tasks",
    action: "task.read",
    tag: "Tasks",
    summary: "List tasks",
    description: "The oldest first.",
    query: pageQuery.extend({ status: taskStatusView.optional(), run: z.string().max(200).optional() }),
    gives: { status: 200, description: "Tasks.", schema: pageView(taskView) },
    handle: async ({ principal, query, tools }) => {
      const { status, run, ...page } = query;
      return { body: await listTasks(tools.database, principal.workspace, { status, run }, page) };
    },
  }),
  defineRoute({
    method: "get",
    path: "/tasks/{id}",
    action: "task.read",
    tag: "Tasks",
    summary: "Read a task",
    params: idParams,
    gives: { status: 200, description: "The task.", schema: taskView },
    handle: async ({ principal, params, tools }) => ({
      body: await requireTask(tools, principal.workspace, params.id),
    }),
  }),
  defineRoute({
    method: "post",
    path: "/tasks/{id}/decision",
    action: "task.decide",
    tag: "Tasks",
    summary: "Decide a task",
    description:
      "By the key's person, if the task's assignment allows it at that moment. A second decision is refused with `already_decided`.",
    params: idParams,
    body: { schema: decision },
    gives: { status: 201, description: "Decided, or a vote.", schema: decisionMade.openapi("Decision") },
    handle: async ({ principal, params, body, tools }) => {
      const task = await requireTask(tools, principal.workspace, params.id);
      const { decisionId, effectiveAt, decided } = await tools.services.decideTask(principal, {
        task: task.id,
        outcome: body.outcome,
        ...(body.data === undefined ? {} : { data: body.data }),
        ...(body.comment === undefined ? {} : { comment: body.comment }),
        ...(body.graceSeconds === undefined ? {} : { graceSeconds: body.graceSeconds }),
      });
      return { body: { id: decisionId, taskId: task.id, outcome: body.outcome, effectiveAt, decided } };
    },
  }),
  defineRoute({
    method: "delete",
    path: "/tasks/{id}/decision",
    action: "task.decide",
    tag: "Tasks",
    summary: "Take a decision back",
    description: "By whoever made it, until it takes effect; a vote while others have to agree.",
    params: idParams,
    gives: { status: 204, description: "The task is open again." },
    handle: async ({ principal, params, tools }) => {
      const task = await requireTask(tools, principal.workspace, params.id);
      await tools.services.takeBackDecision(principal, task.id);
      return {};
    },
  }),
  defineRoute({
    method: "post",
    path: "/tasks/decisions",
    action: "task.decide",
    tag: "Tasks",
    summary: "Decide several tasks alike",
    description:
      "The same answer for tasks of one step of one flow, 200 at most; each is decided by itself. Others are refused with `not_alike`.",
    body: { schema: many },
    gives: {
      status: 200,
      description: "What came of each, in order: decided, or why not.",
      schema: z
        .object({
          items: z.array(
            z.object({
              taskId: z.string(),
              decision: decisionMade.omit({ taskId: true }).optional(),
              problem: problemView.optional(),
            }),
          ),
        })
        .openapi("Decisions"),
    },
    handle: async ({ principal, body, tools, requestId }) => {
      const { outcome, tasks, comment, graceSeconds } = body;
      const results = await tools.services.decideMany(principal, {
        outcome,
        tasks: tasks.map(({ id, data }) => ({ id, ...(data === undefined ? {} : { data }) })),
        ...(comment === undefined ? {} : { comment }),
        ...(graceSeconds === undefined ? {} : { graceSeconds }),
      });
      return {
        body: {
          items: results.map((one) => {
            if (!one.done) return { taskId: one.task, problem: viewProblem(one.problem, requestId) };
            const { task: taskId, decisionId: id, effectiveAt, decided } = one;
            return { taskId, decision: { id, outcome, effectiveAt, decided } };
          }),
        },
      };
    },
  }),
  defineRoute({
    method: "post",
    path: "/tasks/{id}/claim",
    action: "task.decide",
    tag: "Tasks",
    summary: "Claim a task",
    description: "Nobody else may decide it for eight hours, or until it is released. Claiming again begins them anew.",
    params: idParams,
    gives: again,
    handle: async ({ principal, params, tools }) => {
      await tools.services.claimTask(principal, params.id);
      return { body: await requireTask(tools, principal.workspace, params.id) };
    },
  }),
  defineRoute({
    method: "post",
    path: "/tasks/{id}/release",
    action: "task.decide",
    tag: "Tasks",
    summary: "Release a task",
    description: "By whoever claimed it, or an administrator.",
    params: idParams,
    gives: again,
    handle: async ({ principal, params, tools }) => {
      await tools.services.releaseTask(principal, params.id);
      return { body: await requireTask(tools, principal.workspace, params.id) };
    },
  }),
  defineRoute({
    method: "post",
    path: "/tasks/{id}/delegate",
    action: "task.decide",
    tag: "Tasks",
    summary: "Delegate a task, or hand it over",
    description:
      "What was given to somebody before ends with that. Whoever decides on somebody's behalf can't pass it on.",
    params: idParams,
    body: { schema: delegation },
    gives: again,
    handle: async ({ principal, params, body, tools }) => {
      const { to, kind, until, reason } = body;
      await tools.services.delegateTask(principal, {
        task: params.id,
        to,
        kind,
        ...(until === undefined ? {} : { until }),
        ...(reason === undefined ? {} : { reason }),
      });
      return { body: await requireTask(tools, principal.workspace, params.id) };
    },
  }),
  defineRoute({
    method: "delete",
    path: "/tasks/{id}/delegate",
    action: "task.decide",
    tag: "Tasks",
    summary: "End a delegation",
    description: "By whoever gave the task or got it.",
    params: idParams,
    gives: { status: 204, description: "It is as if it had not been given." },
    handle: async ({ principal, params, tools }) => {
      await tools.services.endDelegation(principal, params.id);
      return {};
    },
  }),
  defineRoute({
    method: "post",
    path: "/tasks/{id}/comments",
    action: "task.comment",
    tag: "Tasks",
    summary: "Comment on a task",
    description: "While it is open. The flow reads comments in the decision.",
    params: idParams,
    body: { schema: z.strictObject({ text: z.string().max(10_000) }).openapi("NewComment") },
    gives: { status: 201, description: "The comment.", schema: said.openapi("CommentMade") },
    handle: async ({ principal, params, body, tools }) => ({
      body: await tools.services.commentOnTask(principal, params.id, body.text),
    }),
  }),
  defineRoute({
    method: "get",
    path: "/tasks/{id}/files",
    action: "task.read",
    tag: "Tasks",
    summary: "List a task's files",
    params: idParams,
    gives: {
      status: 200,
      description: "The oldest first.",
      schema: z.object({ items: z.array(fileView) }).openapi("TaskFiles"),
    },
    handle: async ({ principal, params, tools }) => ({
      body: { items: (await requireTask(tools, principal.workspace, params.id)).files },
    }),
  }),
  defineRoute({
    method: "post",
    path: "/tasks/{id}/files",
    action: "task.comment",
    tag: "Tasks",
    summary: "Attach a file",
    description: "5 MiB at most, 25 MiB and 50 files a task, while the task is open.",
    params: idParams,
    body: {
      schema: z
        .strictObject({
          name: z.string().min(1).max(1_000),
          type: z.string().max(200).optional().openapi({ example: "application/pdf" }),
          content: z.base64().openapi({ description: "Base64." }),
        })
        .openapi("NewTaskFile"),
    },
    gives: { status: 201, description: "The file.", schema: said.openapi("FileAttached") },
    handle: async ({ principal, params, body, tools }) => ({
      body: await tools.services.addTaskFile(principal, {
        task: params.id,
        name: body.name,
        ...(body.type === undefined ? {} : { type: body.type }),
        content: Buffer.from(body.content, "base64"),
      }),
    }),
  }),
  defineRoute({
    method: "get",
    path: "/tasks/{id}/files/{file}",
    action: "task.read",
    tag: "Tasks",
    summary: "Download a file",
    params: fileParams,
    gives: { status: 200, description: "What is in it.", file: true },
    handle: async ({ principal, params, tools }) => ({
      file: await readTaskFile(tools.database, principal.workspace, params.id, params.file),
    }),
  }),
  defineRoute({
    method: "delete",
    path: "/tasks/{id}/files/{file}",
    action: "task.comment",
    tag: "Tasks",
    summary: "Remove a file",
    description: "By whoever attached it, while the task is open.",
    params: fileParams,
    gives: { status: 204, description: "It is gone." },
    handle: async ({ principal, params, tools }) => {
      await tools.services.removeTaskFile(principal, params.id, params.file);
      return {};
    },
  }),
];
