/** What the journal says about refunds, ready to be asked. */
import type { Delivery, Journal, JournalEntry } from "./journal.ts";

interface RefundFacts {
  readonly refundId: string;
  readonly key: string;
  readonly orderId: string;
  readonly amount: number;
  /** ISO 4217 */
  readonly currency: string;
  /** ISO 8601 */
  readonly acceptedAt: string;
}

/** `accepted`: the money is on its way; `settled`: the bank has confirmed. */
export type Refund =
  | (RefundFacts & { readonly status: "accepted" })
  | (RefundFacts & { readonly status: "settled"; readonly settledAt: string });

export interface Ledger {
  /** By id, in the order of their acceptance. */
  readonly refunds: ReadonlyMap<string, Refund>;
  /** Every request that arrived. */
  readonly deliveries: readonly Delivery[];
  byKey(key: string): { readonly refund: Refund; readonly fingerprint: string } | undefined;
  /** Writes the entry down and takes it in. */
  record(entry: JournalEntry): void;
}

export function createLedger(journal: Journal): Ledger {
  const refunds = new Map<string, Refund>();
  const keys = new Map<string, { readonly refundId: string; readonly fingerprint: string }>();
  const deliveries: Delivery[] = [];

  const apply = (entry: JournalEntry): void => {
    switch (entry.type) {
      case "refund": {
        const { refundId, key, fingerprint, orderId, amount, currency, at: acceptedAt } = entry;
        refunds.set(refundId, { refundId, key, orderId, amount, currency, acceptedAt, status: "accepted" });
        keys.set(key, { refundId, fingerprint });
        break;
      }
      case "settlement": {
        const refund = refunds.get(entry.refundId);
        if (refund) refunds.set(entry.refundId, { ...refund, status: "settled", settledAt: entry.at });
        break;
      }
      case "delivery":
        deliveries.push(entry);
        break;
      case "mail":
        break;
    }
  };

  journal.entries.forEach(apply);
  return {
    refunds,
    deliveries,
    byKey: (key) => {
      const known = keys.get(key);
      const refund = known && refunds.get(known.refundId);
      return known && refund && { refund, fingerprint: known.fingerprint };
    },
    record: (entry) => {
      journal.append(entry);
      apply(entry);
    },
  };
}
