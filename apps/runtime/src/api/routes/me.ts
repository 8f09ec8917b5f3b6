import { z } from "@hono/zod-openapi";
import { personView } from "../../read/key-view.ts";
import { defineRoute } from "../route.ts";
import { Problem } from "../../problem/problem.ts";

export const meRoutes = [
  defineRoute({
    method: "get",
    path: "/me",
    action: "me.read",
    tag: "Keys",
    summary: "Whom this key acts as, and what it may do",
    gives: {
      status: 200,
      description: "The person behind the key.",
      schema: personView.extend({ keyId: z.string(), scopes: z.array(z.string()) }).openapi("Me"),
    },
    handle: ({ principal }) => {
      if (principal.person === undefined) throw new Problem(404, "not_found", "nobody stands behind this caller");
      const { id, name, email, roles, groups } = principal.person;
      return { body: { id, name, email, roles, groups, keyId: principal.actor.id, scopes: principal.scopes ?? [] } };
    },
  }),
];
