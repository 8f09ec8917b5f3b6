/** Lets a language model write a text. The executor stands in `execute.ts`. */
import { z } from "zod";
import { modelParams, questionParams } from "../ai/params.ts";
import { nodeInfo } from "../define-node.ts";

/** `ai.text`, without its executor. */
export const aiTextInfo = nodeInfo({
  type: "ai.text",
  version: 1,
  title: "Write text with AI",
  description: "A language model writes a text: an answer to a customer, a summary, a translation.",
  icon: "pen-line",
  category: "ai",
  params: z.strictObject({ ...questionParams, ...modelParams }),
  output: {
    out: {
      type: "object",
      properties: {
        text: { type: "string" },
        offline: {
          const: true,
          description: "There only if no provider is set up and the offline model wrote the text.",
        },
      },
      required: ["text"],
      additionalProperties: false,
    },
  },
  sentence: "Write a text[ with {model}]",
  effect: "repeatable",
  durable: true,
  presets: [{ id: "text", params: { prompt: "" } }],
  examples: [
    {
      title: "A polite refusal",
      params: {
        prompt:
          "Tell {{ nodes.order.body.customer.name }} that order {{ input.orderId }} can't be refunded: {{ nodes.analyze.reason }}",
        instructions: "You write short, friendly mails for a shop's support team.",
      },
    },
  ],
});
