import { z } from "@hono/zod-openapi";
import { actorView, errorView, jsonObjectView, orNull, timeView, uuidView } from "./view.ts";

const INCIDENT_STATUSES = ["open", "resolved", "canceled"] as const;
export const incidentStatusView = z.enum(INCIDENT_STATUSES);

export const incidentView = z
  .object({
    id: uuidView,
    runId: uuidView,
    flow: z.string(),
    node: z.string(),
    kind: z.enum(["retries_exhausted", "unknown_outcome", "node_type_missing", "compensation_failed", "crash_loop"]),
    of: z.enum(["step", "undo"]).openapi({ description: "What is to be repaired: the step, or its compensation." }),
    attempt: z.int(),
    key: z
      .string()
      .nullable()
      .openapi({ description: "The idempotency key the target has seen, to look it up there." }),
    error: errorView,
    status: incidentStatusView,
    openedAt: timeView,
    closedAt: timeView.nullable(),
    resolution: jsonObjectView.nullable(),
    resolvedBy: orNull(actorView),
  })
  .openapi("Incident");
export type IncidentView = z.infer<typeof incidentView>;
