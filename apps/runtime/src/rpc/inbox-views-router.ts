/** Views of the inbox that people keep, and share. */
import { z } from "zod";
import { listInboxViews, ownerOfView, removeInboxView, saveInboxView } from "../inbox-views/views.ts";
import { byId, idField } from "./fields.ts";
import { authorized, authorizedFor, router } from "./trpc.ts";

export const inboxViewsRouter = router({
  list: authorized("task.read").query(({ ctx }) =>
    listInboxViews(ctx.database, ctx.principal.workspace, ctx.principal.person.id),
  ),

  save: authorizedFor(
    "inboxView.change",
    z.strictObject({
      id: idField.optional(),
      name: z.string().trim().min(1).max(80),
      query: z.string().max(2_000),
      shared: z.boolean().default(false),
    }),
    async ({ ctx, input: { id } }) => {
      const { workspace, person } = ctx.principal;
      const owner =
        id === undefined ? person.id : await ownerOfView(ctx.database, { workspace, reader: person.id, id });
      return { workspace, owner };
    },
  ).mutation(async ({ ctx, input }) => ({ id: await saveInboxView(ctx.database, ctx.principal, input) })),

  remove: authorizedFor("inboxView.change", byId, async ({ ctx, input: { id } }) => {
    const { workspace, person } = ctx.principal;
    return { workspace, owner: await ownerOfView(ctx.database, { workspace, reader: person.id, id }) };
  }).mutation(({ ctx, input: { id } }) => removeInboxView(ctx.database, ctx.principal, id)),
});
