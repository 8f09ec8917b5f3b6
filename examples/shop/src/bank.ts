/** The bank: tells Holdfast that a transfer has arrived. */
import type { Refund } from "./ledger.ts";

/** A refund that the bank has confirmed. */
export type SettledRefund = Extract<Refund, { status: "settled" }>;

/** Where events go, and with which right. */
export interface HoldfastConnection {
  /** Of the runtime, such as `http://127.0.0.1:4000`. */
  readonly url: string;
  /** May send events. */
  readonly apiKey: string;
}

/**
 * Sends `bank/transfer.settled`. The event's id follows from the refund: told twice, Holdfast takes it once.
 *
 * @throws Error if Holdfast has not accepted it; telling again is safe.
 */
export async function announceSettlement(holdfast: HoldfastConnection, refund: SettledRefund): Promise<void> {
  const { refundId, orderId, amount, currency, settledAt } = refund;
  const response = await fetch(new URL("/api/v1/events", holdfast.url), {
    method: "POST",
    headers: { authorization: `Bearer ${holdfast.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({
      id: `settled-${refundId}`,
      name: "bank/transfer.settled",
      data: { refundId, orderId, amount, currency, settledAt },
    }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`Holdfast answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
}
