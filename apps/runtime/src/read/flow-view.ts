import { z } from "@hono/zod-openapi";
import { actorView, jsonObjectView, timeView } from "./view.ts";

export const flowVersionView = z
  .object({
    id: z.string().openapi({ example: "process-refund@3" }),
    version: z.int(),
    name: z.string(),
    hash: z
      .string()
      .openapi({ description: "Hash of what the flow does; layout, notes, tests and names are left out." }),
    live: z.boolean().openapi({ description: "New runs take this version." }),
    publishedAt: timeView,
    publishedBy: actorView,
  })
  .openapi("FlowVersion");
export type FlowVersionView = z.infer<typeof flowVersionView>;

export const flowVersionDocumentView = flowVersionView
  .extend({ flow: z.string(), document: jsonObjectView })
  .openapi("FlowVersionDocument");
export type FlowVersionDocumentView = z.infer<typeof flowVersionDocumentView>;

export const flowSummaryView = z
  .object({
    id: z.string(),
    name: z.string(),
    liveVersion: z.int().nullable().openapi({ description: "Null: nothing is live, the flow starts no runs." }),
    versionCount: z.int(),
    events: z.array(z.string()).openapi({ description: "Events that start it." }),
    publishedAt: timeView.openapi({ description: "When the live version, else the newest, was published." }),
  })
  .openapi("FlowSummary");
export type FlowSummary = z.infer<typeof flowSummaryView>;

export const flowView = flowSummaryView
  .extend({
    versions: z.array(flowVersionView).openapi({ description: "The newest first." }),
    document: jsonObjectView.openapi({ description: "Of the live version, else of the newest." }),
  })
  .openapi("Flow");
export type FlowView = z.infer<typeof flowView>;
