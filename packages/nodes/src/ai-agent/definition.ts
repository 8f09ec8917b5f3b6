/** Lets a language model work with tools until it has the answer. The executor stands in `execute.ts`. */
import { z } from "zod";
import { toolsParam } from "../ai/agent/tool-params.ts";
import { modelParams, questionParams } from "../ai/params.ts";
import { nodeInfo } from "../define-node.ts";
import { objectSchemaParam } from "../schema/params.ts";

/** `ai.agent`, without its executor. */
export const aiAgentInfo = nodeInfo({
  type: "ai.agent",
  version: 1,
  title: "Let AI work with tools",
  description:
    "A language model works on a task with the tools that you list, until it has the answer. Each of its turns and each use of a tool is kept: after a crash none is done again.",
  icon: "bot",
  category: "ai",
  params: z.strictObject({
    ...questionParams,
    ...modelParams,
    tools: toolsParam,
    schema: objectSchemaParam().optional().meta({
      "x-label": "Fields of the answer",
      "x-order": 4,
      "x-more": true,
      description: "Later nodes can read each of them. Left empty: the answer is a text.",
    }),
    maxTurns: z.int().min(1).max(100).default(10).meta({
      "x-literal": true,
      "x-label": "Turns at most",
      "x-order": 5,
      description: "In each turn the model is asked once. When they are used up without an answer, the step fails.",
    }),
  }),
  output: {
    out: {
      type: "object",
      properties: {
        answer: { $when: { pointer: "/schema", present: true }, then: { $param: "/schema" }, else: { type: "string" } },
        turns: { type: "integer", minimum: 0 },
        toolCalls: {
          type: "array",
          items: {
            type: "object",
            properties: {
              tool: { type: "string" },
              arguments: {},
              status: { enum: ["done", "failed", "refused", "denied"] },
              approvedBy: { type: "string", description: "There only if a person was asked, and allowed it." },
            },
            required: ["tool", "arguments", "status"],
            additionalProperties: false,
          },
        },
        offline: {
          const: true,
          description: "There only if no provider is set up and the offline model answered, which uses no tools.",
        },
      },
      required: ["answer", "turns", "toolCalls"],
      additionalProperties: false,
    },
  },
  sentence: "Let AI work on it[ with {tools/*/name}]",
  effect: "repeatable",
  durable: true,
  presets: [{ id: "agent", params: { prompt: "", tools: [], maxTurns: 10 } }],
  examples: [
    {
      title: "Answer a customer's question",
      params: {
        instructions: "You answer customers of a shop. Look up what you don't know; never guess.",
        prompt: "{{ input.question }}",
        tools: [
          {
            name: "look_up_order",
            description: "Everything that the shop knows of an order.",
            http: {
              method: "GET",
              url: "https://shop.example/orders/{orderId}",
              arguments: {
                type: "object",
                properties: { orderId: { type: "string" } },
                required: ["orderId"],
                additionalProperties: false,
              },
              credential: "shop",
            },
            maxCalls: 5,
          },
        ],
        maxTurns: 8,
      },
    },
    {
      title: "Pay back, after a person has allowed it",
      params: {
        prompt: "A customer writes: {{ input.message }}",
        tools: [
          {
            name: "refund",
            description: "Pays a part of the order back to the customer.",
            http: {
              method: "POST",
              url: "https://payments.example/refunds",
              arguments: {
                type: "object",
                properties: { amount: { type: "number", exclusiveMinimum: 0 } },
                required: ["amount"],
                additionalProperties: false,
              },
              fixed: { orderId: "{{ input.orderId }}" },
              credential: "payments",
              idempotencyHeader: "Idempotency-Key",
              pays: true,
            },
            ask: { assignTo: { roles: ["manager"] } },
            maxCalls: 1,
          },
        ],
        schema: {
          type: "object",
          properties: { reply: { type: "string" }, refunded: { type: "boolean" } },
          required: ["reply", "refunded"],
          additionalProperties: false,
        },
      },
    },
  ],
});
