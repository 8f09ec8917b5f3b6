import { z } from "@hono/zod-openapi";
import { listCredentials, revokeCredential } from "../../credentials/credential-store.ts";
import { CREDENTIAL_TYPES } from "@holdfast/nodes/executors";
import { credentialName, newCredential, newGrants, type Vault } from "../../credentials/vault.ts";
import { Problem } from "../../problem/problem.ts";
import { actorView, pageView, timeView } from "../../read/view.ts";
import { defineRoute, type RouteTools } from "../route.ts";

const credentialView = z
  .object({
    name: z.string(),
    type: z.enum(CREDENTIAL_TYPES),
    version: z.int().openapi({ description: "Grows with each value." }),
    flows: z.array(z.string()).nullable().openapi({ description: "Flows that may use it; null: every flow." }),
    hosts: z.array(z.string()).openapi({ description: "Where it may be sent." }),
    testUrl: z.string().nullable(),
    createdAt: timeView,
    createdBy: actorView,
    changedAt: timeView,
    changedBy: actorView,
    usedAt: timeView.nullable().openapi({ description: "To the minute." }),
    usedByFlow: z.string().nullable(),
  })
  .openapi("Credential");

const nameParams = z.strictObject({ name: credentialName });

const vaultOf = ({ vault }: RouteTools): Vault => {
  if (vault === undefined) throw new Problem(409, "no_secret_key", "This server stores no credentials.");
  return vault;
};

export const credentialRoutes = [
  defineRoute({
    method: "get",
    path: "/credentials",
    action: "credential.use",
    tag: "Credentials",
    summary: "List credentials",
    description: "What they are called, who may use them and who did. Values are never told.",
    gives: { status: 200, description: "Credentials, without their values.", schema: pageView(credentialView) },
    handle: async ({ principal, tools }) => ({
      body: { items: await listCredentials(tools.database, principal.workspace), nextCursor: null },
    }),
  }),
  defineRoute({
    method: "put",
    path: "/credentials/{name}",
    action: "credential.manage",
    tag: "Credentials",
    summary: "Make a credential, or give one another value",
    description:
      "What it is granted to stays as it is where that is left out; a new one is for no flow yet. The value is never told again.",
    params: nameParams,
    body: { schema: newCredential.openapi("NewCredential") },
    gives: {
      status: 200,
      description: "The version of its value.",
      schema: z.object({ version: z.int(), created: z.boolean() }).openapi("CredentialSet"),
    },
    handle: async ({ principal, params, body, tools }) => ({
      body: await vaultOf(tools).set(principal, params.name, body),
    }),
  }),
  defineRoute({
    method: "put",
    path: "/credentials/{name}/grants",
    action: "credential.manage",
    tag: "Credentials",
    summary: "Change what a credential may be used for",
    params: nameParams,
    body: { schema: newGrants.openapi("CredentialGrants") },
    gives: { status: 204, description: "It counts from the next send on." },
    handle: async ({ principal, params, body, tools }) => {
      await vaultOf(tools).grant(principal, params.name, body);
      return {};
    },
  }),
  defineRoute({
    method: "post",
    path: "/credentials/{name}/test",
    action: "credential.manage",
    tag: "Credentials",
    summary: "Try a credential out",
    description:
      "HEAD (or GET) of its test address, a login at its mail server, or at its database, by the door that flows go by.",
    params: nameParams,
    gives: {
      status: 200,
      description: "What the other side said.",
      schema: z.object({ ok: z.boolean(), message: z.string() }).openapi("CredentialTest"),
    },
    handle: async ({ principal, params, tools }) => ({ body: await vaultOf(tools).test(principal, params.name) }),
  }),
  defineRoute({
    method: "delete",
    path: "/credentials/{name}",
    action: "credential.manage",
    tag: "Credentials",
    summary: "Revoke a credential",
    description: "Its value is forgotten at once.",
    params: nameParams,
    gives: { status: 204, description: "It is revoked." },
    handle: async ({ principal, params, tools }) => {
      await revokeCredential(tools.database, principal, params.name);
      return {};
    },
  }),
];
