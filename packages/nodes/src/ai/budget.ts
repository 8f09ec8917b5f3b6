/** What the calls of language models may take. */
import { z } from "zod";

/** One call; everything in the run; all runs of the flow, ever; all runs of the flow on one day of its time zone. */
export const BUDGET_SCOPES = ["call", "run", "flow", "day"] as const;
export type BudgetScope = (typeof BUDGET_SCOPES)[number];

const cap = (label: string, order: number): z.ZodOptional<z.ZodType<Cap>> =>
  z
    .strictObject({
      tokens: z.int().min(1).optional().meta({ "x-label": "Tokens", "x-literal": true, "x-order": 1 }),
      money: z.number().gt(0).optional().meta({ "x-label": "US dollars", "x-literal": true, "x-order": 2 }),
    })
    .optional()
    .meta({ "x-label": label, "x-order": order });

/** Whichever of the two is reached first. */
export interface Cap {
  readonly tokens?: number | undefined;
  /** US dollars. */
  readonly money?: number | undefined;
}

export const budgetParam = z
  .strictObject({
    call: cap("One call", 1),
    run: cap("One run", 2),
    flow: cap("All runs of the flow", 3),
    day: cap("All runs of the flow in a day", 4),
  })
  .optional()
  .meta({
    "x-label": "Budget",
    "x-order": 20,
    "x-more": true,
    description: "Set aside before each call. What would go beyond waits for a person, who may allow more.",
  });

export type Budget = NonNullable<z.output<typeof budgetParam>>;
