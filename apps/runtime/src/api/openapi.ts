/** The API's description, made of the routes themselves. */
import { OpenAPIHono } from "@hono/zod-openapi";
import type { Route } from "./route.ts";

const ABOUT = `Start runs of flows, send them events, decide tasks, and see what happened.

Every call but the health checks needs a key: \`Authorization: Bearer hold_live_…\`. Errors are problem+json with a
stable \`code\`. Lists are \`{items, nextCursor}\`. Times are ISO 8601 in UTC.`;

export function describeApi(routes: readonly Route[], version: string): object {
  const app = new OpenAPIHono();
  app.openAPIRegistry.registerComponent("securitySchemes", "apiKey", {
    type: "http",
    scheme: "bearer",
    description: "An API key. It acts as its person, within its scopes.",
  });
  for (const route of routes) app.openAPIRegistry.registerPath(route.description);
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: "Holdfast", version, description: ABOUT },
    servers: [{ url: "/" }],
  });
}
