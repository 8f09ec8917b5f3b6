/** Params and output that every call of a language model shares. */
import { z } from "zod";

/** The fields common to `ai.object` and `ai.text`. */
export const modelCallParams = {
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
  model: z.string().min(1).optional().meta({
    "x-label": "Model",
    "x-order": 4,
    "x-more": true,
    description: "Left empty: the model that is set up for this installation.",
  }),
  temperature: z.number().min(0).max(2).optional().meta({
    "x-label": "Temperature",
    "x-order": 5,
    "x-more": true,
    description: "0 gives the most likely words each time, higher numbers more variety.",
  }),
  maxOutputTokens: z.int().min(1).max(200_000).optional().meta({
    "x-label": "Longest answer, in tokens",
    "x-order": 6,
    "x-more": true,
    description: "A token is about four letters.",
  }),
};
