import { z } from "@hono/zod-openapi";
import { actorView, jsonObjectView, timeView, uuidView } from "./view.ts";

const TASK_STATUSES = ["open", "decided", "expired", "canceled"] as const;
const PRIORITIES = ["low", "normal", "high", "urgent"] as const;
export const taskStatusView = z.enum(TASK_STATUSES);
export const priorityView = z.enum(PRIORITIES);

export const taskView = z
  .object({
    id: uuidView,
    runId: uuidView,
    flow: z.string(),
    node: z.string(),
    status: taskStatusView,
    title: z.string(),
    description: z.string().nullable(),
    context: jsonObjectView.openapi({ description: "Facts for the decision, by name." }),
    columns: z.array(z.string()).openapi({ description: "Names from `context` or the form that lists show." }),
    outcomes: z.array(z.string()).openapi({ description: "What can be decided, in order." }),
    form: jsonObjectView.nullable().openapi({ description: "JSON Schema of the decision's data." }),
    prefill: jsonObjectView.openapi({ description: "The form's values when nobody changes them." }),
    assignTo: z.object({ people: z.array(z.string()), roles: z.array(z.string()), groups: z.array(z.string()) }),
    requester: z.string().nullable(),
    notRequester: z.boolean().openapi({ description: "Whoever asked may not decide." }),
    aiOffline: z
      .boolean()
      .openapi({ description: "What it shows was said by the offline model: no language model is set up." }),
    openedAt: timeView,
    dueAt: timeView
      .nullable()
      .openapi({ description: "When it should have been decided: what the flow says, or else the deadline." }),
    expiresAt: timeView.nullable().openapi({ description: "The deadline: then the run goes on without a decision." }),
    priority: priorityView,
    closedAt: timeView.nullable(),
    remindedAt: z.array(timeView),
    decision: z
      .object({
        id: uuidView,
        outcome: z.string(),
        data: jsonObjectView.nullable(),
        comment: z.string().nullable(),
        by: actorView,
        via: z.string(),
        decidedAt: timeView,
        effectiveAt: timeView.openapi({ description: "Until then the same person may take it back." }),
      })
      .nullable(),
  })
  .openapi("Task");
export type TaskView = z.infer<typeof taskView>;
