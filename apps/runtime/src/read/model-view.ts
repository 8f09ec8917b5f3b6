/** What asking language models took, as it is shown. */
import { z } from "@hono/zod-openapi";
import { orNull, timeView, uuidView } from "./view.ts";

const count = (description: string) => z.int().openapi({ description });

export const modelFiguresView = z
  .object({
    calls: count("Calls that have ended, failed ones included."),
    failed: count("Of them: failed, which may have cost something all the same."),
    lost: count(
      "Of them: cut off, by a crash or a broken connection, so that nobody knows what they took. They count as the most that they can have taken.",
    ),
    tried: count("Of them: made by people who tried a step out in the designer. They belong to no run."),
    tokens: count("Read and written."),
    inputTokens: count("Read, cached ones included."),
    cachedInputTokens: count("Of them those that the provider had in its own cache."),
    outputTokens: count("Written, thoughts included."),
    costUsd: z
      .number()
      .nullable()
      .openapi({ description: "US dollars, of the calls whose price is known; null: of none it is.", example: 0.0123 }),
    unpriced: count("Calls of models whose price is not known: they are not in `costUsd`."),
    looked: count("How often an answer was looked for in the cache."),
    cached: count("How often it was there, so that nobody was asked."),
    savedUsd: z.number().openapi({ description: "US dollars that the cached answers had cost when they were made." }),
  })
  .openapi("ModelFigures");
export type ModelFigures = z.infer<typeof modelFiguresView>;

export const modelFiguresOrNull = orNull(modelFiguresView);

const figures = modelFiguresView.shape;

const budgetView = z
  .object({
    scope: z.enum(["flow", "day"]),
    unit: z.enum(["tokens", "money"]),
    cap: z.number().openapi({ description: "The least that one of its nodes allows. Tokens, or US dollars." }),
    node: z.string().openapi({ description: "The node that allows no more." }),
    name: z.string().openapi({ description: "What people call that node." }),
    spent: z.number(),
    reserved: z.number().openapi({ description: "Set aside for calls that are under way." }),
    added: z.number().openapi({ description: "What people allowed beyond it." }),
  })
  .openapi("ModelBudget");
export type ModelBudget = z.infer<typeof budgetView>;

const topUpView = z
  .object({
    at: timeView,
    runId: uuidView,
    flow: z.string(),
    node: z.string(),
    scope: z.enum(["call", "run", "flow", "day"]),
    unit: z.enum(["tokens", "money"]),
    amount: z.number(),
    by: z.string().nullable().openapi({ description: "Who allowed it: a name, or an actor." }),
  })
  .openapi("ModelTopUp");
export type ModelTopUp = z.infer<typeof topUpView>;

export const modelUseView = z
  .object({
    from: timeView,
    to: timeView,
    total: modelFiguresView,
    byFlow: z.array(z.object({ flow: z.string(), name: z.string(), ...figures })),
    byNode: z
      .array(z.object({ node: z.string(), name: z.string(), flow: z.string(), ...figures }))
      .openapi({ description: "Of one flow, or of the nodes that cost most." }),
    byModel: z
      .array(z.object({ model: z.string(), ...figures }))
      .openapi({ description: "As they were asked for, whichever dated version of them answered." }),
    trend: z
      .array(z.object({ day: z.string(), costUsd: z.number(), tokens: z.int(), calls: z.int() }))
      .openapi({ description: "Days with a call." }),
    budgets: z.array(budgetView).openapi({ description: "Of one flow: of all its runs, and of today." }),
    topUps: z.array(topUpView).openapi({ description: "The newest first." }),
  })
  .openapi("ModelUse");
export type ModelUseView = z.infer<typeof modelUseView>;
