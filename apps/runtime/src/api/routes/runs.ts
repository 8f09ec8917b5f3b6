import { z } from "@hono/zod-openapi";
import { Problem } from "../../problem/problem.ts";
import { RUN_STATUSES, runSummaryView, runView, stepView, type RunView } from "../../read/run-view.ts";
import { findRun, listRuns } from "../../read/runs.ts";
import { listSteps } from "../../read/steps.ts";
import { jsonView, pageView } from "../../read/view.ts";
import { idParams, pageQuery, waitField } from "../fields.ts";
import { defineRoute, type Ask, type RouteTools } from "../route.ts";
import type { Caller } from "../../services/services.ts";

const OVER: ReadonlySet<RunView["status"]> = new Set(["completed", "failed", "canceled"]);

async function requireRun(tools: RouteTools, workspace: number, id: string): Promise<RunView> {
  const run = await findRun(tools.database, workspace, id);
  if (run === undefined) throw new Problem(404, "run_not_found", `there is no run ${JSON.stringify(id)}`);
  return run;
}

/** The run once it has ended, or as it stands after `wait` milliseconds. */
async function awaitRun(ask: Ask<unknown, unknown, unknown>, id: string, wait: number | undefined): Promise<RunView> {
  const run = await requireRun(ask.tools, ask.principal.workspace, id);
  if (wait === undefined || wait === 0 || OVER.has(run.status)) return run;
  const { tools, principal, signal } = ask;
  await tools.services.awaitRun(principal.workspace, run.id, wait, signal);
  return requireRun(tools, principal.workspace, run.id);
}

const statuses = z
  .string()
  .transform((text, { issues, value: input }) => {
    const list = z.array(z.enum(RUN_STATUSES)).safeParse(text.split(","));
    if (list.success) return list.data;
    // What is wrong is the parameter: its parts have no place of their own in a query.
    issues.push({ code: "custom", message: `this must be some of ${RUN_STATUSES.join(", ")}`, input });
    return z.NEVER;
  })
  .optional()
  .openapi({
    type: "string",
    example: "running,waiting",
    description: `One or several of ${RUN_STATUSES.join(", ")}.`,
  });

/** A call that asks for something the run's holder carries out; answers with the run as it stands. */
const operation = (name: "pause" | "resume" | "retry", summary: string, description: string) =>
  defineRoute({
    method: "post",
    path: `/runs/{id}/${name}`,
    action: "run.operate",
    tag: "Runs",
    summary,
    description,
    params: idParams,
    body: { schema: z.strictObject({}), absent: {} },
    gives: { status: 202, description: "Asked for; the run as it stands.", schema: runView },
    handle: async ({ principal, params, tools }) => {
      const run = await requireRun(tools, principal.workspace, params.id);
      await OPERATIONS[name](tools, principal, run.id);
      return { body: await requireRun(tools, principal.workspace, run.id) };
    },
  });

const OPERATIONS = {
  pause: (tools: RouteTools, caller: Caller, run: string) => tools.services.pauseRun(caller, run),
  resume: (tools: RouteTools, caller: Caller, run: string) => tools.services.resumeRun(caller, run),
  retry: (tools: RouteTools, caller: Caller, run: string) => tools.services.retryRun(caller, run),
};

export const runRoutes = [
  defineRoute({
    method: "post",
    path: "/flows/{id}/runs",
    action: "run.start",
    tag: "Runs",
    summary: "Start a run",
    description: "Committed when this answers. The same `idempotencyKey` again starts nothing and gives the first run.",
    params: idParams,
    query: z.strictObject({ wait: waitField }),
    body: {
      schema: z
        .strictObject({
          input: jsonView.optional(),
          idempotencyKey: z.string().min(1).max(500).optional(),
          version: z.int().min(1).max(2_147_483_647).optional(),
        })
        .openapi("StartRun"),
      absent: {},
    },
    gives: {
      status: 201,
      description: "Started; 200 if the idempotency key was seen before.",
      schema: z
        .object({
          id: z.string().openapi({ description: "The same as `runId`." }),
          runId: z.string(),
          created: z.boolean(),
          run: runView.optional().openapi({ description: "With `wait`." }),
        })
        .openapi("StartedRun"),
    },
    handle: async (ask) => {
      const { principal, params, query, body, tools } = ask;
      const start = {
        flow: params.id,
        input: body.input ?? {},
        ...(body.version === undefined ? {} : { version: body.version }),
        ...(body.idempotencyKey === undefined ? {} : { idempotencyKey: body.idempotencyKey }),
      };
      if (query.wait === undefined) {
        const { runId, created } = await tools.services.startRun(principal, start);
        return { status: created ? 201 : 200, body: { id: runId, runId, created } };
      }
      const ended = await tools.services.startAndAwait(principal, start, query.wait, ask.signal);
      const { runId, created } = ended;
      const run = ended.run ?? (await requireRun(tools, principal.workspace, runId));
      return { status: created ? 201 : 200, body: { id: runId, runId, created, run } };
    },
  }),
  defineRoute({
    method: "get",
    path: "/runs",
    action: "run.read",
    tag: "Runs",
    summary: "List and search runs",
    description: "The newest first. Child runs are listed under their `parent` only.",
    query: pageQuery.extend({
      flow: z.string().max(200).optional(),
      status: statuses,
      parent: z.string().max(200).optional(),
      q: z
        .string()
        .min(1)
        .max(200)
        .optional()
        .openapi({ description: "Text in the id, the idempotency key, the requester or the input." }),
    }),
    gives: { status: 200, description: "Runs.", schema: pageView(runSummaryView) },
    handle: async ({ principal, query, tools }) => {
      const { flow, status, parent, q, ...page } = query;
      const filter = { flow, statuses: status, parent, q };
      return { body: await listRuns(tools.database, principal.workspace, filter, page) };
    },
  }),
  defineRoute({
    method: "get",
    path: "/runs/{id}",
    action: "run.read",
    tag: "Runs",
    summary: "Read a run, or wait for its end",
    params: idParams,
    query: z.strictObject({ wait: waitField }),
    gives: { status: 200, description: "The run.", schema: runView },
    handle: async (ask) => ({ body: await awaitRun(ask, ask.params.id, ask.query.wait) }),
  }),
  defineRoute({
    method: "get",
    path: "/runs/{id}/steps",
    action: "run.read",
    tag: "Runs",
    summary: "Read the history of a run",
    description:
      "Every attempt that ended, in the order in which they were committed; then what waits, is due, runs, or was skipped.",
    params: idParams,
    query: pageQuery,
    gives: { status: 200, description: "Steps.", schema: pageView(stepView) },
    handle: async ({ principal, params, query, tools }) => {
      const run = await requireRun(tools, principal.workspace, params.id);
      return { body: await listSteps(tools.database, run.id, query) };
    },
  }),
  defineRoute({
    method: "post",
    path: "/runs/{id}/cancel",
    action: "run.operate",
    tag: "Runs",
    summary: "Cancel a run",
    description: "`cancel` compensates what was done, `terminate` does not.",
    params: idParams,
    body: {
      schema: z.strictObject({ mode: z.enum(["cancel", "terminate"]).default("cancel") }).openapi("CancelRun"),
      absent: {},
    },
    gives: { status: 202, description: "Asked for; the run as it stands.", schema: runView },
    handle: async ({ principal, params, body, tools }) => {
      const run = await requireRun(tools, principal.workspace, params.id);
      await tools.services.cancelRun(principal, run.id, body.mode);
      return { body: await requireRun(tools, principal.workspace, run.id) };
    },
  }),
  operation("pause", "Pause a run", "No new step starts. Waits still end, and deadlines still run."),
  operation("resume", "Resume a paused run", "It goes on where it stood."),
  operation(
    "retry",
    "Take a failed run up again",
    "At its failed nodes, with the same idempotency keys. Not after compensation.",
  ),
  defineRoute({
    method: "post",
    path: "/runs/{id}/waits/{waitId}/skip",
    action: "run.operate",
    tag: "Runs",
    summary: "End a wait by hand",
    description: "The run goes on by the port named. Who did it is recorded.",
    params: idParams.extend({ waitId: z.string().max(200) }),
    body: { schema: z.strictObject({ port: z.string().min(1).max(200) }).openapi("SkipWait") },
    gives: { status: 202, description: "Ended; the run as it stands.", schema: runView },
    handle: async ({ principal, params, body, tools }) => {
      const run = await requireRun(tools, principal.workspace, params.id);
      if (!run.waits.some((wait) => wait.id === params.waitId)) {
        throw new Problem(404, "wait_not_found", `this run has no open wait ${JSON.stringify(params.waitId)}`);
      }
      await tools.services.skipWait(principal, run.id, params.waitId, body.port);
      return { body: await requireRun(tools, principal.workspace, run.id) };
    },
  }),
];
