import { z } from "@hono/zod-openapi";
import { listAudit } from "../../read/audit.ts";
import { auditEntryView } from "../../read/audit-view.ts";
import { pageView } from "../../read/view.ts";
import { pageQuery } from "../fields.ts";
import { defineRoute } from "../route.ts";

const time = z.iso.datetime({ offset: true }).optional();

export const auditRoutes = [
  defineRoute({
    method: "get",
    path: "/audit",
    action: "audit.read",
    tag: "Audit",
    summary: "List what people and keys did",
    description:
      "Decisions and operations, the newest first. The list is append-only and chained by hash; `holdfast audit verify` proves it.",
    query: pageQuery.extend({
      who: z.string().max(200).optional().openapi({ description: "A person's id, or an actor such as `system:demo`." }),
      action: z
        .string()
        .max(100)
        .optional()
        .openapi({ description: "`task.decide`, or all of a noun: `task`.", example: "task.decide" }),
      target: z.string().max(300).optional().openapi({ example: "run:019a8f3e-5b7c-7d21-9c55-0f6f5a3b2c10" }),
      since: time.openapi({ description: "From then on." }),
      until: time.openapi({ description: "Before then." }),
    }),
    gives: { status: 200, description: "Entries.", schema: pageView(auditEntryView) },
    handle: async ({ principal, query, tools }) => ({
      body: await listAudit(tools.database, principal.workspace, query, query),
    }),
  }),
];
