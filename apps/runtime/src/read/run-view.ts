import { z } from "@hono/zod-openapi";
import { modelFiguresOrNull } from "./model-view.ts";
import { actorView, errorView, jsonObjectView, jsonView, orNull, timeView, uuidView } from "./view.ts";

export const RUN_STATUSES = ["queued", "running", "waiting", "paused", "completed", "failed", "canceled"] as const;
const runStatusView = z.enum(RUN_STATUSES);

export const waitView = z
  .object({
    id: uuidView,
    node: z.string(),
    kind: z.enum(["event", "time", "children", "incident"]),
    status: z.enum(["open", "resolved", "expired", "canceled"]),
    openedAt: timeView,
    deadline: timeView.nullable().openapi({ description: "When it ends by itself." }),
    outcomes: z
      .array(
        z.object({
          port: z.string(),
          event: z.string(),
          match: jsonObjectView.openapi({ description: "Path in the event's data, and the value it must equal." }),
          where: z.string().nullable().openapi({ description: "A condition over the event." }),
        }),
      )
      .openapi({ description: "For a wait for events: what ends it. The first that fits wins." }),
    endsBy: z.array(z.string()).nullable().openapi({
      description:
        "By what it can end, where a node waits in its middle and goes on afterwards; null: by a port of the node.",
    }),
    taskId: uuidView.nullable().openapi({ description: "The task in the inbox, if people can end it." }),
    incidentId: uuidView.nullable().openapi({ description: "For a wait for a repair." }),
    children: z
      .object({ total: z.int(), ended: z.int() })
      .nullable()
      .openapi({ description: "For a wait for child runs: how many there are so far, and how many have ended." }),
  })
  .openapi("Wait");
export type WaitView = z.infer<typeof waitView>;

export const runSummaryView = z
  .object({
    id: uuidView,
    flow: z.string(),
    version: z.int(),
    status: runStatusView,
    startedAt: timeView,
    finishedAt: timeView.nullable(),
    actor: actorView,
    requester: z.string().nullable(),
    parent: z
      .object({ runId: uuidView, node: z.string(), iteration: z.int() })
      .nullable()
      .openapi({ description: "For a child run: the step it belongs to." }),
    error: orNull(errorView),
  })
  .openapi("RunSummary");
export type RunSummary = z.infer<typeof runSummaryView>;

export const runView = runSummaryView
  .extend({
    trigger: jsonObjectView.openapi({ description: "What started it: `type`, `event`, `by`, `at`." }),
    idempotencyKey: z.string().nullable(),
    input: jsonView,
    output: jsonView.openapi({ description: "Null until the run has completed." }),
    waits: z.array(waitView).openapi({ description: "What it waits for now." }),
    canceling: z.boolean().openapi({ description: "Canceling was asked for and is under way." }),
    pausing: z.boolean().openapi({ description: "Pausing was asked for." }),
    models: modelFiguresOrNull.openapi({
      description:
        "What its questions to language models took so far, those in its loops included; null: it asked none.",
    }),
  })
  .openapi("Run");
export type RunView = z.infer<typeof runView>;

const STEP_STATUSES = ["running", "waiting", "completed", "failed", "skipped", "canceled", "scheduled"] as const;

export const stepView = z
  .object({
    id: z.string().openapi({ example: "refund:main:1" }),
    node: z.string(),
    call: z.string().openapi({
      description: "`main`; `main~2` after a person ordered a new send; `undo` for compensation; or a sub-step's name.",
    }),
    attempt: z.int(),
    status: z.enum(STEP_STATUSES),
    port: z.string().nullable(),
    input: jsonView.openapi({ description: "The params it ran with; null while it waits." }),
    output: jsonView,
    error: orNull(errorView),
    meta: jsonObjectView.nullable().openapi({ description: "About the making of the output: model, tokens, offline." }),
    startedAt: timeView,
    finishedAt: timeView.nullable(),
  })
  .openapi("Step");
export type StepView = z.infer<typeof stepView>;
