/** The payment service: pays back once per idempotency key. */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { SettledRefund } from "./bank.ts";
import { type Order, currencyDigits, findOrder } from "./catalog.ts";
import type { Delivery, Journal } from "./journal.ts";
import { type Refund, createLedger } from "./ledger.ts";

/** What the caller sends. */
export const refundRequestSchema = z.strictObject({
  orderId: z.string(),
  amount: z.number().positive(),
  /** If given it has to be the order's. */
  currency: z.string().optional(),
  payee: z.string().optional(),
  reason: z.string().optional(),
});
export type RefundRequest = z.infer<typeof refundRequestSchema>;

export type PaymentAnswer =
  | { readonly ok: true; readonly refund: Refund; readonly replayed: boolean }
  | { readonly ok: false; readonly status: 409 | 422; readonly code: string; readonly message: string };

export interface Payments {
  /**
   * The same key with the same request gives the same answer and moves no money again; with another request it is an
   * error. An order can be refunded again under another key, so that a demo is never used up.
   */
  refund(key: string, request: RefundRequest): PaymentAnswer;
  /** The bank has moved the money. Settling again changes nothing. */
  settle(refundId: string): SettledRefund | undefined;
  /** In the order of their acceptance. */
  refunds(): readonly Refund[];
  deliveries(): readonly Delivery[];
}

export function createPayments(journal: Journal, now: () => Date): Payments {
  const ledger = createLedger(journal);

  const decide = (key: string, request: RefundRequest, at: string): PaymentAnswer => {
    const fingerprint = fingerprintOf(request);
    const earlier = ledger.byKey(key);
    if (earlier) {
      if (earlier.fingerprint === fingerprint) return { ok: true, refund: earlier.refund, replayed: true };
      return refuse(409, "idempotency_key_reused", "This key was used for another request.");
    }
    const order = findOrder(request.orderId);
    if (order === undefined) return refuse(422, "unknown_order", `There is no order ${request.orderId}.`);
    const problem = problemOf(request, order);
    if (problem) return problem;
    const { orderId, amount } = request;
    const refundId = refundIdOf(key);
    ledger.record({ type: "refund", at, refundId, key, fingerprint, orderId, amount, currency: order.currency });
    return {
      ok: true,
      refund: { refundId, key, orderId, amount, currency: order.currency, status: "accepted", acceptedAt: at },
      replayed: false,
    };
  };

  return {
    refund: (key, request) => {
      const at = now().toISOString();
      const answer = decide(key, request, at);
      const { orderId, amount, payee } = request;
      const asked = { orderId, amount, ...(payee !== undefined && { payee }) };
      ledger.record({ type: "delivery", at, key, ...asked, answer: wordFor(answer) });
      return answer;
    },
    settle: (refundId) => {
      if (ledger.refunds.get(refundId)?.status === "accepted") {
        ledger.record({ type: "settlement", at: now().toISOString(), refundId });
      }
      const refund = ledger.refunds.get(refundId);
      return refund?.status === "settled" ? refund : undefined;
    },
    refunds: () => [...ledger.refunds.values()],
    deliveries: () => ledger.deliveries,
  };
}

function wordFor(answer: PaymentAnswer): Delivery["answer"] {
  if (answer.ok) return answer.replayed ? "replayed" : "accepted";
  return answer.status === 409 ? "conflict" : "refused";
}

function problemOf({ orderId, amount, currency }: RefundRequest, order: Order): PaymentAnswer | undefined {
  if (!order.refundable) return refuse(422, "not_refundable", order.note ?? "This order is not refundable.");
  if (currency !== undefined && currency !== order.currency) {
    return refuse(422, "wrong_currency", `Order ${orderId} was paid in ${order.currency}.`);
  }
  if (amount > order.total) {
    return refuse(422, "amount_too_high", `Order ${orderId} was ${order.total} ${order.currency}.`);
  }
  if (Number(amount.toFixed(currencyDigits(order.currency))) !== amount) {
    return refuse(422, "amount_too_fine", `${order.currency} has ${currencyDigits(order.currency)} digits.`);
  }
  return undefined;
}

function refuse(status: 409 | 422, code: string, message: string): PaymentAnswer {
  return { ok: false, status, code, message };
}

/** Follows from the key, so that a repeated demo shows the same names. */
function refundIdOf(key: string): string {
  return `RF-${createHash("sha256").update(key).digest("hex").slice(0, 10)}`;
}

function fingerprintOf(request: RefundRequest): string {
  const { orderId, amount, currency, payee, reason } = request;
  return createHash("sha256")
    .update(JSON.stringify([orderId, amount, currency, payee, reason]))
    .digest("hex");
}
