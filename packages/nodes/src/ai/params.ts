/** Params that every call of a language model shares. */
import { z } from "zod";
import { duration } from "../schema/params.ts";
import { budgetParam } from "./budget.ts";

/** Whom to ask, and what that may take. */
export const modelParams = {
  model: z.string().min(1).optional().meta({
    "x-label": "Model",
    "x-order": 10,
    "x-more": true,
    description:
      "Left empty: the model that is set up for this installation. A name such as anthropic/claude-sonnet-5 or google/gemini-3-flash is asked of that provider.",
  }),
  fallbacks: z.array(z.string().min(1)).max(5).optional().meta({
    "x-label": "If it can't answer",
    "x-order": 11,
    "x-more": true,
    description: "Models that are asked in its place, one after the other.",
  }),
  temperature: z.number().min(0).max(2).optional().meta({
    "x-label": "Temperature",
    "x-order": 12,
    "x-more": true,
    description: "0 gives the most likely words each time, higher numbers more variety.",
  }),
  maxOutputTokens: z.int().min(1).max(200_000).optional().meta({
    "x-label": "Longest answer, in tokens",
    "x-order": 13,
    "x-more": true,
    description: "A token is about four letters. Left empty: as the model has it, or 8,192 if there is a budget.",
  }),
  limits: z
    .strictObject({
      total: duration().optional().meta({ "x-label": "The whole answer", "x-order": 1 }),
      first: duration().optional().meta({ "x-label": "The first word", "x-order": 2 }),
      between: duration().optional().meta({ "x-label": "A pause in its middle", "x-order": 3 }),
    })
    .optional()
    .meta({
      "x-label": "How long it may take",
      "x-order": 14,
      "x-more": true,
      description:
        "A model that takes longer is given up, and the next one asked, if there is one. Left empty: as long as the step may take, but where there is a next one a minute of silence.",
    }),
  cache: z
    .strictObject({ for: duration().meta({ "x-label": "For so long", "x-order": 1 }) })
    .optional()
    .meta({
      "x-label": "Use an answer again",
      "x-order": 15,
      "x-more": true,
      description: "The same question, in whichever run, is then asked once and answered at no cost.",
    }),
  budget: budgetParam,
};

const shape = z.object(modelParams);

/** What every AI node says about its calls. */
export type ModelParams = z.output<typeof shape>;

/** The question of a node that asks once: `ai.text`, `ai.object`, `ai.classify`. */
export const questionParams = {
  prompt: z.string().min(1).meta({
    "x-label": "Task",
    "x-order": 1,
    "x-widget": "text",
    description: "What the model should do, with the data that it needs.",
  }),
  instructions: z.string().optional().meta({
    "x-label": "Instructions",
    "x-order": 2,
    "x-widget": "text",
    description: "Who the model is and which rules it keeps, the same in every run.",
  }),
};
