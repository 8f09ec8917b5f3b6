import { z } from "@hono/zod-openapi";
import { Problem } from "../../problem/problem.ts";
import { taskStatusView, taskView, type TaskView } from "../../read/task-view.ts";
import { findTask, listTasks } from "../../read/tasks.ts";
import { pageView, timeView, uuidView } from "../../read/view.ts";
import { idParams, objectField, pageQuery } from "../fields.ts";
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
    gives: {
      status: 201,
      description: "Decided.",
      schema: z
        .object({ id: uuidView, taskId: uuidView, outcome: z.string(), effectiveAt: timeView })
        .openapi("Decision"),
    },
    handle: async ({ principal, params, body, tools }) => {
      const task = await requireTask(tools, principal.workspace, params.id);
      const { decisionId, effectiveAt } = await tools.services.decideTask(principal, {
        task: task.id,
        outcome: body.outcome,
        ...(body.data === undefined ? {} : { data: body.data }),
        ...(body.comment === undefined ? {} : { comment: body.comment }),
        ...(body.graceSeconds === undefined ? {} : { graceSeconds: body.graceSeconds }),
      });
      return { body: { id: decisionId, taskId: task.id, outcome: body.outcome, effectiveAt } };
    },
  }),
  defineRoute({
    method: "delete",
    path: "/tasks/{id}/decision",
    action: "task.decide",
    tag: "Tasks",
    summary: "Take a decision back",
    description: "By whoever made it, until it takes effect.",
    params: idParams,
    gives: { status: 204, description: "The task is open again." },
    handle: async ({ principal, params, tools }) => {
      const task = await requireTask(tools, principal.workspace, params.id);
      await tools.services.takeBackDecision(principal, task.id);
      return {};
    },
  }),
];
