/** Replaces what was set aside for a call by what it really was. */
import type { Charge } from "@holdfast/nodes";
import { inTransaction } from "../database/transaction.ts";
import { wholeTokens, type Books } from "./books.ts";
import { endCall, lockCall } from "./end-call.ts";
import { toDollars } from "./money.ts";

const STATUS = { answered: "settled", failed: "failed", unknown: "lost" } as const;

/** Once: again, it gives what it gave. @returns the cost in US dollars; null: nobody told what the model costs */
export async function settle({ database, prices }: Books, id: string, charge: Charge): Promise<number | null> {
  const tokens = wholeTokens(charge);
  const cost = await inTransaction(database, async (client) => {
    const call = await lockCall(client, id);
    if (call === undefined) throw new Error(`no model call ${id}`);
    if (call.status === "settled" || call.status === "failed") return call.cost;
    // A server may call its models as it likes: then what was asked for tells the price.
    const known = prices.cost(charge.model, tokens) ?? prices.cost(call.modelAsked, tokens);
    await endCall(client, id, call, {
      status: STATUS[charge.outcome],
      model: charge.model === "" ? null : charge.model,
      cost: known,
      ...tokens,
    });
    return known;
  });
  return cost === null ? null : toDollars(cost);
}
