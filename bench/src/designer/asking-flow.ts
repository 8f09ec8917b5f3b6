/** A flow that asks a manager about each purchase, for an inbox that is full. */
import type { FlowDocument } from "@holdfast/dsl";

export const askingFlow: FlowDocument = {
  dsl: 1,
  id: "asking",
  name: "Purchases",
  triggers: [{ type: "event", event: "bench/asked" }],
  input: {
    type: "object",
    properties: { n: { type: "integer" }, supplier: { type: "string" }, amount: { type: "number" } },
    required: ["n", "supplier", "amount"],
  },
  nodes: {
    ask: {
      type: "wait.event",
      name: "Approve the purchase",
      params: {
        inbox: {
          title: "Purchase {{ input.n }} from {{ input.supplier }}",
          description: "Over 1,000 two of us have to agree. Frame contracts run for a year.",
          assignTo: { roles: ["manager"] },
          context: {
            supplier: "{{ input.supplier }}",
            number: "{{ input.n }}",
            said: "They have been our supplier since 2021, and the price holds until Friday.",
          },
          form: {
            type: "object",
            properties: {
              amount: { type: "number", title: "Amount", default: "{{ input.amount }}", "x-order": 1 },
              category: { type: "string", enum: ["goods", "services", "rent"], default: "goods", "x-order": 2 },
            },
            required: ["amount"],
          },
          columns: ["amount", "supplier"],
          reminders: ["2d"],
        },
        outcomes: [
          { port: "approved", event: "bench/approved", match: { n: "{{ input.n }}" } },
          { port: "rejected", event: "bench/rejected", match: { n: "{{ input.n }}" } },
        ],
        timeout: "7d",
      },
    },
  },
  edges: [
    { from: "start", to: "ask" },
    { from: "ask", port: "approved", to: "end" },
    { from: "ask", port: "rejected", to: "end" },
    { from: "ask", port: "timeout", to: "end" },
  ],
};
