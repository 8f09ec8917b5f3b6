/** Who did what, and how far that is covered by a signed head. */
import { z } from "zod";
import { auditState, findAuditEntry, listAudit } from "../read/audit.ts";
import type { AuditEntry, AuditState } from "../read/audit-view.ts";
import { Problem } from "../problem/problem.ts";
import type { Page } from "../read/cursor.ts";
import { pageFields, pageOf } from "./fields.ts";
import { authorized, router } from "./trpc.ts";

const time = z.iso.datetime({ offset: true }).optional();

const filter = {
  who: z.string().max(200).optional(),
  action: z.string().max(100).optional(),
  target: z.string().max(300).optional(),
  since: time,
  until: time,
} as const;

export const auditRouter = router({
  list: authorized("audit.read")
    .input(z.strictObject({ ...pageFields, ...filter }))
    .query(({ ctx, input }): Promise<Page<AuditEntry>> =>
      listAudit(ctx.database, ctx.principal.workspace, input, pageOf(input)),
    ),

  get: authorized("audit.read")
    .input(z.strictObject({ id: z.string().regex(/^[1-9]\d{0,14}$/) }))
    .query(async ({ ctx, input }): Promise<AuditEntry> => {
      const found = await findAuditEntry(ctx.database, ctx.principal.workspace, Number(input.id));
      if (found === undefined) throw new Problem(404, "entry_not_found", `There is no entry ${input.id}.`);
      return found;
    }),

  state: authorized("audit.read").query(({ ctx }): Promise<AuditState> =>
    auditState(ctx.database, ctx.principal.workspace),
  ),
});
