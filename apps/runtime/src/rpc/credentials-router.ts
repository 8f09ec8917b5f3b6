/** Credentials, as the settings show them: everything but their values, which only ever go in. */
import { z } from "zod";
import { listCredentials, revokeCredential, type CredentialInfo } from "../credentials/credential-store.ts";
import { credentialName, newCredential, newGrants, type Vault } from "../credentials/vault.ts";
import { Problem } from "../problem/problem.ts";
import type { RpcContext } from "./context.ts";
import { authorized, router } from "./trpc.ts";

const name = credentialName;

const vaultOf = ({ vault }: RpcContext): Vault => {
  if (vault === undefined) throw new Problem(409, "no_secret_key", "This server stores no credentials.");
  return vault;
};

export interface Credentials {
  readonly items: readonly CredentialInfo[];
  /** Whether values can be stored: there is a key to seal them with. */
  readonly open: boolean;
}

export const credentialsRouter = router({
  list: authorized("credential.use").query(async ({ ctx }): Promise<Credentials> => ({
    items: await listCredentials(ctx.database, ctx.principal.workspace),
    open: ctx.vault?.open ?? false,
  })),

  set: authorized("credential.manage")
    .input(newCredential.extend({ name }))
    .mutation(({ ctx, input: { name: called, ...value } }) => vaultOf(ctx).set(ctx.principal, called, value)),

  grant: authorized("credential.manage")
    .input(newGrants.extend({ name }))
    .mutation(({ ctx, input: { name: called, ...change } }) => vaultOf(ctx).grant(ctx.principal, called, change)),

  test: authorized("credential.manage")
    .input(z.strictObject({ name }))
    .mutation(({ ctx, input }) => vaultOf(ctx).test(ctx.principal, input.name)),

  revoke: authorized("credential.manage")
    .input(z.strictObject({ name }))
    .mutation(({ ctx, input }) => revokeCredential(ctx.database, ctx.principal, input.name)),
});
