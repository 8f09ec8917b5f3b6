/** An entry of the audit as the API shows it. */
import { z } from "@hono/zod-openapi";
import { actorView, jsonView, timeView } from "./view.ts";

export const auditEntryView = z
  .object({
    id: z.string().openapi({ description: "Its place in the chain, from 1 on without gaps.", example: "1204" }),
    at: timeView,
    actor: actorView,
    person: z.string().nullable().openapi({ description: "The person behind the actor: itself, or whose key it is." }),
    name: z.string().nullable().openapi({ description: "That person's name at the time." }),
    door: z.string().openapi({ description: "app, api, cli, link, event or system." }),
    action: z.string().openapi({ example: "task.decide" }),
    target: z.string().openapi({ example: "task:019a8f3e-5b7c-7d21-9c55-0f6f5a3b2c10" }),
    before: jsonView.nullable(),
    after: jsonView.nullable(),
    hash: z.string().openapi({ description: "Hex. SHA-256 of the hash before it and of this entry." }),
  })
  .openapi("AuditEntry");

export type AuditEntry = z.infer<typeof auditEntryView>;

export const auditStateView = z
  .object({
    entries: z.int(),
    head: z
      .object({ seq: z.int(), at: timeView, keyId: z.string() })
      .nullable()
      .openapi({ description: "The newest signed head." }),
    since: z.int().openapi({ description: "Entries after it." }),
    fits: z.boolean().openapi({ description: "Whether the entry that was signed still has the hash that was signed." }),
  })
  .openapi("AuditState", {
    description: "How far the chain is covered by a signed head. `holdfast audit verify` proves it.",
  });

export type AuditState = z.infer<typeof auditStateView>;
