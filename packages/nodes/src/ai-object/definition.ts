/** Lets a language model answer in a given shape. The executor stands in `execute.ts`. */
import { z } from "zod";
import { modelParams, questionParams } from "../ai/params.ts";
import { nodeInfo } from "../define-node.ts";
import { objectSchemaParam } from "../schema/params.ts";

/** `ai.object`, without its executor. */
export const aiObjectInfo = nodeInfo({
  type: "ai.object",
  version: 1,
  title: "Fill a form with AI",
  description:
    "A language model reads what you give it and fills in the fields that you ask for. An answer that does not fit them is sent back to it once; if it still does not fit, the next model is asked, and then a person decides.",
  icon: "sparkles",
  category: "ai",
  params: z.strictObject({
    ...questionParams,
    ...modelParams,
    schema: objectSchemaParam().meta({
      "x-label": "Fields of the answer",
      "x-order": 3,
      description: "The fields that the model fills in. Later nodes can read each of them.",
    }),
  }),
  output: { out: { $param: "/schema" } },
  sentence: "Find out {schema/properties:keys}[ with {model}]",
  effect: "repeatable",
  durable: true,
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
