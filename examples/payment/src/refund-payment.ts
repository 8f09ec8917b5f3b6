/** Pays money back, once: the payment service knows a repeated call by its key. */
import { defineNode, NodeFailure, retryAfterOf } from "@holdfast/kit";
import { z } from "zod";

/** What the service answers. */
const accepted = z.object({ refundId: z.string(), status: z.string() });
const refused = z.object({ code: z.string(), message: z.string() });

export const refundPayment = defineNode({
  type: "payments.refund",
  version: 1,
  title: "Pay back",
  description:
    "Pays money back by the payment service. However often it has to be sent, the money moves once: the service knows the call by its key.",
  icon: "banknote",
  category: "action",
  effect: "keyed",
  credentials: ["bearer"],
  params: z.strictObject({
    url: z.string().min(1).meta({ "x-label": "Payment service", "x-order": 1, "x-sink": "payment" }),
    orderId: z.string().min(1).meta({ "x-label": "Order", "x-order": 2, "x-sink": "payment" }),
    amount: z.number().positive().meta({ "x-label": "Amount", "x-order": 3, "x-sink": "payment" }),
    currency: z.string().length(3).optional().meta({
      "x-label": "Currency",
      "x-order": 4,
      description: "The order's own, if it is left out. Another one is refused.",
    }),
  }),
  output: z.object({ refundId: z.string(), status: z.string(), amount: z.number() }),
  sentence: "Pay {amount}[ {currency}] back for order {orderId}",
  examples: [
    {
      title: "What the manager approved",
      params: {
        url: "https://payments.example/refunds",
        orderId: "{{ input.orderId }}",
        amount: "{{ nodes.approval.data.amount }}",
      },
    },
  ],
  async execute({ params: { url, ...refund }, key, fetch, credential, signal, log, now }) {
    const secret = (await credential())?.reveal();
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "idempotency-key": key,
        ...(secret?.type === "bearer" && { authorization: `Bearer ${secret.token}` }),
      },
      body: JSON.stringify(refund),
      signal,
    });
    if (!response.ok) throw await failureOf(response, now());
    const { refundId, status } = accepted.parse(await response.json());
    log.info("The refund is accepted.", { refundId });
    return { refundId, status, amount: refund.amount };
  },
});

/** A refusal is final; what is about the moment is tried again, with the same key. */
async function failureOf(response: Response, now: number): Promise<NodeFailure> {
  const { status } = response;
  if (status === 429 || status >= 500) {
    const retryAfter = retryAfterOf(response.headers, now);
    return new NodeFailure({
      kind: "error",
      code: `payments_${status}`,
      message: `The payment service answered ${status}.`,
      ...(retryAfter !== undefined && { retryAfter }),
    });
  }
  const told = refused.safeParse(await response.json().catch(() => undefined));
  const code = told.success ? told.data.code : `payments_${status}`;
  // What a server says of a refused call may repeat what it was sent: only its code is passed on.
  return new NodeFailure({ kind: "fatal", code, message: `The payment service refused the refund (${code}).` });
}
