/** One's own API keys. The text of a key is told once, when it is made. */
import { z } from "zod";
import { SCOPES } from "../access/rights.ts";
import { createKey, revokeKey } from "../keys/key-store.ts";
import { Problem } from "../problem/problem.ts";
import type { KeyView } from "../read/key-view.ts";
import { findKeyView, listKeys } from "../read/keys.ts";
import { nameField } from "./person-fields.ts";
import { authorizedFor, router } from "./trpc.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Keys of one person, shown at once. */
const SHOWN = 500;

export const keysRouter = router({
  list: authorizedFor("key.list", z.strictObject({ everybody: z.boolean().default(false) }), ({ ctx, input }) => ({
    workspace: ctx.principal.workspace,
    ...(input.everybody ? {} : { owner: ctx.principal.person.id }),
  })).query(async ({ ctx, input }): Promise<readonly KeyView[]> => {
    const person = input.everybody ? undefined : ctx.principal.person.id;
    return (await listKeys(ctx.database, ctx.principal.workspace, person, { limit: SHOWN })).items;
  }),

  create: authorizedFor(
    "key.create",
    z.strictObject({ name: nameField, scopes: z.array(z.enum(SCOPES)).min(1), days: z.int().min(1).max(365) }),
    ({ ctx }) => ({ workspace: ctx.principal.workspace, owner: ctx.principal.person.id }),
  ).mutation(async ({ ctx, input }) => {
    const { id, text } = await createKey(ctx.database, ctx.principal, {
      person: ctx.principal.person.id,
      name: input.name,
      scopes: input.scopes,
      expiresAt: new Date(Date.now() + input.days * DAY_MS).toISOString(),
    });
    return { id, key: text };
  }),

  revoke: authorizedFor("key.revoke", z.strictObject({ id: z.string().max(100) }), async ({ ctx, input }) => {
    const key = await findKeyView(ctx.database, ctx.principal.workspace, input.id);
    // Somebody else's key and none at all look alike to whoever may not see the former.
    return { workspace: ctx.principal.workspace, ...(key === undefined ? {} : { owner: key.person }) };
  }).mutation(async ({ ctx, input }) => {
    const revoked = await revokeKey(ctx.database, ctx.principal, input.id);
    if (!revoked) throw new Problem(404, "key_not_found", "there is no such key, or it has been revoked");
    ctx.authenticator.forget(input.id);
  }),
});
