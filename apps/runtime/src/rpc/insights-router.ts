/** How people decide, in figures. */
import { z } from "zod";
import { readInsights, type Insights } from "../read/insights.ts";
import { timeZoneField } from "../record/record-fields.ts";
import { idField } from "./fields.ts";
import { authorized, router } from "./trpc.ts";

export const insightsRouter = router({
  read: authorized("insights.read")
    .input(
      z
        .strictObject({
          days: z.int().min(1).max(3_660).default(30),
          flow: idField.optional(),
          timeZone: timeZoneField,
        })
        .prefault({}),
    )
    .query(({ ctx, input }): Promise<Insights> => readInsights(ctx.database, ctx.principal.workspace, input)),
});
