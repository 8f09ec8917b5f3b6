/** A flow that asks people about purchases, as a spec wants them asked. */
import { object, startedBy, send, taskOf } from "./refunds.ts";
import type { Runtime } from "./runtime.ts";

/** `inbox`: what is other than usual about whom it asks, and how. */
export const purchaseFlow = (id: string, inbox: object = {}, timeout = "7d"): object => ({
  dsl: 1,
  id,
  name: "Purchases",
  triggers: [{ type: "event", event: `purchases/${id}` }],
  input: {
    type: "object",
    properties: { supplier: { type: "string" }, amount: { type: "number" }, requestedBy: { type: "string" } },
    required: ["supplier", "amount", "requestedBy"],
  },
  settings: { requester: "{{ input.requestedBy }}" },
  nodes: {
    ask: {
      type: "wait.event",
      name: "Approve the purchase",
      params: {
        inbox: {
          title: "Buy from {{ input.supplier }}",
          assignTo: { roles: ["manager"] },
          context: { supplier: "{{ input.supplier }}" },
          form: {
            type: "object",
            properties: {
              amount: { type: "number", title: "Amount", minimum: 1, default: "{{ input.amount }}", "x-order": 1 },
            },
            required: ["amount"],
          },
          columns: ["amount", "supplier"],
          ...inbox,
        },
        outcomes: [
          { port: "approved", event: `purchases/${id}.approved`, match: { supplier: "{{ input.supplier }}" } },
          { port: "rejected", event: `purchases/${id}.rejected`, match: { supplier: "{{ input.supplier }}" } },
        ],
        timeout,
      },
    },
    bought: { type: "end", name: "Bought", params: { output: { bought: "{{ nodes.ask.data.amount }}" } } },
    refused: { type: "end", name: "Refused", params: { output: { bought: 0 } } },
    late: { type: "end", name: "Too late", params: { output: { late: true } } },
  },
  edges: [
    { from: "start", to: "ask" },
    { from: "ask", port: "approved", to: "bought" },
    { from: "ask", port: "rejected", to: "refused" },
    { from: "ask", port: "timeout", to: "late" },
  ],
});

export interface Purchase {
  readonly run: string;
  readonly task: string;
}

/** Asks for a purchase, and waits until people are asked. */
export async function requestPurchase(
  runtime: Runtime,
  flow: string,
  supplier: string,
  { amount = 100, by = "analyst" }: { readonly amount?: number; readonly by?: string } = {},
): Promise<Purchase> {
  const requestedBy = runtime.person(by).email;
  const run = await startedBy(runtime, await send(runtime, `purchases/${flow}`, { supplier, amount, requestedBy }));
  return { run, task: await taskOf(runtime, run) };
}

/** What came of a run. */
export async function outputOf(runtime: Runtime, run: string): Promise<unknown> {
  return object(await runtime.api("GET", `/runs/${run}?wait=20s`))["output"];
}
