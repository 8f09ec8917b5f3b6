import { z } from "@hono/zod-openapi";
import { actorView, timeView, uuidView } from "./view.ts";

export const personView = z
  .object({
    id: uuidView,
    name: z.string(),
    email: z.string(),
    roles: z.array(z.string()),
    groups: z.array(z.string()),
  })
  .openapi("Person");

export const keyView = z
  .object({
    id: z.string(),
    name: z.string(),
    person: uuidView.openapi({ description: "Whom it acts as." }),
    scopes: z.array(z.string()),
    createdAt: timeView,
    createdBy: actorView,
    expiresAt: timeView.nullable(),
    lastUsedAt: timeView.nullable().openapi({ description: "To the minute." }),
    revokedAt: timeView.nullable(),
  })
  .openapi("ApiKey");
export type KeyView = z.infer<typeof keyView>;
