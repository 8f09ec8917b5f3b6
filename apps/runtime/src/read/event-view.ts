import { z } from "@hono/zod-openapi";
import { actorView, jsonView, timeView, uuidView } from "./view.ts";

export const eventSummaryView = z
  .object({
    id: uuidView,
    name: z.string(),
    externalId: z.string().nullable().openapi({ description: "The sender's id." }),
    actor: actorView,
    via: z.string(),
    acceptedAt: timeView,
  })
  .openapi("EventSummary");
export type EventSummary = z.infer<typeof eventSummaryView>;

export const eventView = eventSummaryView
  .extend({
    data: jsonView,
    started: z.array(z.object({ runId: uuidView, flow: z.string() })).openapi({ description: "Runs it started." }),
    resolved: z
      .array(z.object({ runId: uuidView, waitId: uuidView, node: z.string() }))
      .openapi({ description: "Waits it ended." }),
    refused: z
      .array(
        z.looseObject({
          flow: z.string().optional(),
          wait: uuidView.optional(),
          code: z.string(),
          pointer: z.string().optional(),
          message: z.string(),
        }),
      )
      .openapi({ description: "What did not take it, and why." }),
  })
  .openapi("Event");
export type EventView = z.infer<typeof eventView>;
