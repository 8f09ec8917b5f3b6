/** How people decide, and what language models took, in figures. */
import { z } from "zod";
import { flowNotFound } from "../drafts/stored-draft.ts";
import { readModelUse } from "../read/flow-models.ts";
import type { ModelUseView } from "../read/model-view.ts";
import { readInsights, type Insights } from "../read/insights.ts";
import { timeZoneField } from "../record/record-fields.ts";
import { idField } from "./fields.ts";
import { authorized, router } from "./trpc.ts";

const spanFields = z
  .strictObject({
    days: z.int().min(1).max(3_660).default(30),
    flow: idField.optional(),
    timeZone: timeZoneField,
  })
  .prefault({});

export const insightsRouter = router({
  read: authorized("insights.read")
    .input(spanFields)
    .query(({ ctx, input }): Promise<Insights> => readInsights(ctx.database, ctx.principal.workspace, input)),

  /** What language models took. */
  models: authorized("model.read")
    .input(spanFields)
    .query(async ({ ctx, input }): Promise<ModelUseView> => {
      const found = await readModelUse(ctx.database, ctx.principal.workspace, input);
      if (found === undefined) throw flowNotFound(input.flow ?? "");
      return found;
    }),
});
