import { z } from "@hono/zod-openapi";
import { isDuration, parseDuration } from "@holdfast/dsl";
import { timeView } from "../../read/view.ts";
import { defineRoute } from "../route.ts";

const advance = z
  .string()
  .refine(isDuration, { error: "this must be a duration such as 7d", params: { code: "duration_invalid" } })
  .transform(parseDuration)
  .openapi({ type: "string", example: "7d" });

export const devRoutes = [
  defineRoute({
    method: "post",
    path: "/dev/clock",
    action: "clock.move",
    tag: "Demo",
    summary: "Move time forward",
    description: "In demo mode only. Everything that is due by then happens.",
    demoOnly: true,
    body: { schema: z.strictObject({ advance }).openapi("MoveClock", { type: "object" }) },
    gives: { status: 200, description: "The new time.", schema: z.object({ now: timeView }).openapi("Clock") },
    handle: async ({ principal, body, tools }) => ({
      body: await tools.services.advanceClock(principal, body.advance),
    }),
  }),
];
