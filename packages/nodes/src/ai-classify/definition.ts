/** Lets a language model choose the way. The executor stands in `execute.ts`. */
import { z } from "zod";
import { modelParams, questionParams } from "../ai/params.ts";
import { nodeInfo } from "../define-node.ts";
import { portName } from "../schema/params.ts";

/** `ai.classify`, without its executor. */
export const aiClassifyInfo = nodeInfo({
  type: "ai.classify",
  version: 1,
  title: "Sort with AI",
  description:
    "A language model reads a text and decides which of your labels fits best. The flow goes on by the way of that label.",
  icon: "tags",
  category: "ai",
  params: z.strictObject({
    prompt: questionParams.prompt.meta({
      ...questionParams.prompt.meta(),
      "x-label": "What is sorted",
      description: "The text, with whatever helps to judge it: a customer's message, the lines of an order.",
    }),
    labels: z
      .array(
        z.strictObject({
          port: portName().meta({ "x-label": "Name", "x-order": 1 }),
          description: z.string().max(500).default("").meta({
            "x-label": "What belongs to it",
            "x-order": 2,
            "x-widget": "text",
            description: "In words, for the model. Left empty: it goes by the name.",
          }),
        }),
      )
      .min(2)
      .max(50)
      .refine((labels) => new Set(labels.map(({ port }) => port)).size === labels.length, {
        error: "must have different names",
      })
      .meta({
        "x-label": "Labels",
        "x-order": 2,
        description: "Each one is a way out of this step. One for everything else is a good idea.",
      }),
    instructions: questionParams.instructions.meta({ ...questionParams.instructions.meta(), "x-order": 3 }),
    ...modelParams,
  }),
  ports: [{ from: "/labels/*/port" }],
  output: {
    "*": {
      type: "object",
      properties: {
        label: { type: "string" },
        reason: { type: "string", description: "Why, in the model's words." },
        confidence: { type: "number", minimum: 0, maximum: 1, description: "How sure the model says it is." },
        offline: {
          const: true,
          description: "There only if no provider is set up and the offline model chose.",
        },
      },
      required: ["label"],
      additionalProperties: false,
    },
  },
  sentence: "Sort into {labels/*/port:or}[ with {model}]",
  effect: "repeatable",
  durable: true,
  presets: [
    {
      id: "sorting",
      params: {
        prompt: "",
        labels: [
          { port: "question", description: "Somebody wants to know something." },
          { port: "complaint", description: "Somebody is not content, or something is broken." },
          { port: "other", description: "Everything else." },
        ],
      },
    },
  ],
  examples: [
    {
      title: "What does the customer want?",
      params: {
        prompt: "Subject: {{ input.subject }}\n\n{{ input.message }}",
        labels: [
          { port: "refund", description: "Wants money back." },
          { port: "delivery", description: "Asks where a parcel is, or wants another address." },
          { port: "other", description: "Everything else." },
        ],
      },
    },
  ],
});
