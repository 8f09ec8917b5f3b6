/** Lets a language model answer in a given shape. The executor stands in `execute.ts`. */
import { z } from "zod";
import { modelCallParams } from "../ai/params.ts";
import { nodeInfo } from "../define-node.ts";
import { schemaParam } from "../schema/params.ts";

/** `ai.object`, without its executor. */
export const aiObjectInfo = nodeInfo({
  type: "ai.object",
  version: 1,
  title: "AI: decide",
  description:
    "A language model answers with an object of the given shape. What does not fit is repaired once, then tried again.",
  icon: "sparkles",
  category: "ai",
  params: z.strictObject({
    ...modelCallParams,
    schema: schemaParam().meta({
      "x-label": "Answer",
      "x-order": 3,
      description: "JSON Schema of the answer, an object.",
    }),
  }),
  output: { out: { $param: "/schema" } },
  sentence: "Find out {schema/properties:keys}[ with {model}]",
  effect: "repeatable",
  presets: [
    {
      id: "answer",
      params: {
        prompt: "",
        schema: {
          type: "object",
          properties: { answer: { type: "string" } },
          required: ["answer"],
          additionalProperties: false,
        },
      },
    },
  ],
  examples: [
    {
      title: "Is it eligible?",
      params: {
        prompt:
          "Order {{ input.orderId }}, total {{ nodes.order.body.total }}. Reason for the refund: {{ input.reason }}",
        instructions: "You check refund requests. Decide only from the facts given.",
        schema: {
          type: "object",
          properties: {
            isEligible: { type: "boolean" },
            refundAmount: { type: "number", minimum: 0 },
            reason: { type: "string" },
          },
          required: ["isEligible", "refundAmount", "reason"],
          additionalProperties: false,
        },
      },
    },
  ],
});
