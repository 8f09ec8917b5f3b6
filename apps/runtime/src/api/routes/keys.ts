import { z } from "@hono/zod-openapi";
import { SCOPES } from "../../access/rights.ts";
import { createKey, revokeKey } from "../../keys/key-store.ts";
import { Problem } from "../../problem/problem.ts";
import { keyView } from "../../read/key-view.ts";
import { findKeyView, listKeys } from "../../read/keys.ts";
import { pageView } from "../../read/view.ts";
import { idParams, pageQuery } from "../fields.ts";
import { defineRoute } from "../route.ts";

const newKey = z
  .strictObject({
    name: z.string().min(1).max(100),
    scopes: z.array(z.enum(SCOPES)).min(1),
    expiresAt: z.iso
      .datetime({ offset: true })
      .optional()
      .openapi({ description: "At most a year from now, which is the default." }),
  })
  .openapi("NewApiKey");

const YEAR_MS = 366 * 24 * 60 * 60 * 1000;

export const keyRoutes = [
  defineRoute({
    method: "get",
    path: "/keys",
    action: "key.list",
    tag: "Keys",
    summary: "List keys",
    description: "One's own; an administrator may ask for everybody's.",
    query: pageQuery.extend({ everybody: z.enum(["true", "false"]).default("false") }),
    gives: { status: 200, description: "Keys, without their text.", schema: pageView(keyView) },
    resource: ({ principal, query }) => ({
      workspace: principal.workspace,
      ...(query.everybody === "true" || principal.person === undefined ? {} : { owner: principal.person.id }),
    }),
    handle: async ({ principal, query, tools }) => {
      const person = query.everybody === "true" ? undefined : principal.person?.id;
      return { body: await listKeys(tools.database, principal.workspace, person, query) };
    },
  }),
  defineRoute({
    method: "post",
    path: "/keys",
    action: "key.create",
    tag: "Keys",
    summary: "Create a key of one's own",
    description:
      "The key acts as its person, with these scopes at most. Its text is told once. Nobody creates keys for others: whoever holds a key decides as its person.",
    body: { schema: newKey },
    gives: {
      status: 201,
      description: "The key, with its text.",
      schema: z.object({ id: z.string(), key: z.string() }).openapi("CreatedApiKey"),
    },
    resource: ({ principal }) => ({
      workspace: principal.workspace,
      ...(principal.person === undefined ? {} : { owner: principal.person.id }),
    }),
    handle: async ({ principal, body, tools }) => {
      if (principal.person === undefined) throw new Problem(403, "forbidden", "a key belongs to a person");
      const beyond = body.scopes.find((scope) => principal.scopes !== undefined && !principal.scopes.includes(scope));
      if (beyond !== undefined) {
        throw new Problem(403, "scope_beyond_yours", `this key has not the scope ${beyond} itself`, {
          pointer: "/scopes",
        });
      }
      const life = body.expiresAt === undefined ? 1 : Date.parse(body.expiresAt) - Date.now();
      if (life <= 0 || life > YEAR_MS) {
        throw new Problem(400, "expiry_invalid", "a key expires within a year from now", { pointer: "/expiresAt" });
      }
      const { id, text } = await createKey(tools.database, principal, {
        person: principal.person.id,
        name: body.name,
        scopes: body.scopes,
        ...(body.expiresAt === undefined ? {} : { expiresAt: body.expiresAt }),
      });
      return { body: { id, key: text } };
    },
  }),
  defineRoute({
    method: "delete",
    path: "/keys/{id}",
    action: "key.revoke",
    tag: "Keys",
    summary: "Revoke a key",
    description: "It takes effect within seconds in every process.",
    params: idParams,
    gives: { status: 204, description: "It is revoked." },
    resource: async ({ principal, params, tools }) => {
      const key = await findKeyView(tools.database, principal.workspace, params.id);
      // Somebody else's key and none at all look alike to whoever may not see the former.
      return { workspace: principal.workspace, ...(key === undefined ? {} : { owner: key.person }) };
    },
    handle: async ({ principal, params, tools }) => {
      const key = await findKeyView(tools.database, principal.workspace, params.id);
      if (key === undefined) throw new Problem(404, "key_not_found", `there is no key ${JSON.stringify(params.id)}`);
      await revokeKey(tools.database, principal, params.id);
      tools.authenticator.forget(params.id);
      return {};
    },
  }),
];
