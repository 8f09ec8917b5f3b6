/** Params and output that every call of a language model shares. */
import { z } from "zod";

/** The fields common to `ai.object` and `ai.text`. */
export const modelCallParams = {
  prompt: z.string().min(1).meta({ "x-label": "Prompt", "x-order": 1, "x-widget": "text" }),
  instructions: z.string().optional().meta({
    "x-label": "Instructions",
    "x-order": 2,
    "x-widget": "text",
    description: "Who the model is and how it should work.",
  }),
  model: z
    .string()
    .min(1)
    .optional()
    .meta({ "x-label": "Model", "x-order": 4, description: "Default: the installation's model." }),
  temperature: z.number().min(0).max(2).optional().meta({ "x-label": "Temperature", "x-order": 5 }),
  maxOutputTokens: z.int().min(1).max(200_000).optional().meta({ "x-label": "At most, in tokens", "x-order": 6 }),
};
