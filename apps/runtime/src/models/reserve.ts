/**
 * Sets aside what a call can cost at most, before it is made, in a transaction of its own over every budget that it
 * takes from: either all of them have room for it, or nothing is set aside.
 */
import type { Budget, BudgetScope, Reservation, ReserveRequest, TokenCounts } from "@holdfast/nodes";
import type pg from "pg";
import { inTransaction } from "../database/transaction.ts";
import { uuid7 } from "../ids/uuid7.ts";
import { wholeTokens, type Books } from "./books.ts";
import {
  type Amount,
  COUNTED,
  type CountedCall,
  lockCounter,
  NOTHING_YET,
  openCounters,
  setAside,
} from "./counters.ts";
import { dayOf, endOf } from "./day.ts";
import { loseCallsOf } from "./lose-calls.ts";
import type { ModelUse } from "./model-use.ts";
import { capOf, overrunOf, type Overrun } from "./overrun.ts";

export async function reserve(books: Books, use: ModelUse, request: ReserveRequest): Promise<Reservation> {
  const most = wholeTokens(request.most);
  const cost = books.prices.cost(request.model, most);
  const { budget } = request;
  if (cost === null) {
    // What can't be counted can't be kept within a budget: nobody is to think that it is.
    const scope = scopeWithMoney(budget);
    if (scope !== undefined) return { kind: "unpriced", model: request.model, scope };
  }
  // The same sub-step again: whoever was about it before did not come to its end.
  await loseCallsOf(books.database, { ...use, call: request.call });
  const amount: Amount = { tokens: most.inputTokens + most.outputTokens, cost: cost ?? 0 };
  return (
    (await callOverrun(books, use, { budget, amount })) ?? reserveCounted(books, use, { request, most, cost, amount })
  );
}

const SCOPES: readonly BudgetScope[] = ["call", ...COUNTED];

const scopeWithMoney = (budget: Budget | undefined): BudgetScope | undefined =>
  SCOPES.find((scope) => budget?.[scope]?.money !== undefined);

/** What one call may take: no row counts it, only what people allowed the step. */
async function callOverrun(
  { database }: Books,
  { run, node }: ModelUse,
  { budget, amount }: { budget: Budget | undefined; amount: Amount },
): Promise<Overrun | undefined> {
  const cap = capOf(budget, "call");
  if (overrunOf("call", cap, { amount, ...NOTHING_YET }) === undefined) return undefined;
  const { rows } = await database.query<{ tokens: number; cost: number }>(
    `select coalesce(sum(amount) filter (where unit = 'tokens'), 0)::bigint as tokens,
            coalesce(sum(amount) filter (where unit = 'money'), 0)::bigint as cost
       from holdfast.model_top_ups where run = $1 and node = $2 and scope = 'call'`,
    [run, node],
  );
  return overrunOf("call", cap, { amount, ...NOTHING_YET, added: rows[0] ?? NOTHING_YET.added });
}

/** Undoes the transaction. */
class NoRoom extends Error {
  readonly overrun: Overrun;

  constructor(overrun: Overrun) {
    super("a budget has no room");
    this.overrun = overrun;
  }
}

interface Wanted {
  readonly request: ReserveRequest;
  readonly most: TokenCounts;
  readonly cost: number | null;
  readonly amount: Amount;
}

async function reserveCounted(books: Books, use: ModelUse, wanted: Wanted): Promise<Reservation> {
  const day = dayOf(books.clock.now(), use.timeZone);
  const call: CountedCall = { workspace: use.workspace, flow: use.flow, ofRun: use.ofRun, day };
  const id = uuid7();
  try {
    await inTransaction(books.database, async (client) => {
      await insertCall(client, use, { id, day, wanted });
      await openCounters(client, call);
      for (const scope of COUNTED) {
        const cap = capOf(wanted.request.budget, scope);
        const aside = { call, scope, amount: wanted.amount, cap };
        if (await setAside(client, aside)) continue;
        const standing = await lockCounter(client, call, scope);
        const overrun = overrunOf(scope, cap, { amount: wanted.amount, ...standing });
        if (overrun !== undefined) {
          throw new NoRoom(scope === "day" ? { ...overrun, endsAt: endOf(day, use.timeZone) } : overrun);
        }
        // Somebody has made room between the two statements; nobody takes it now.
        await setAside(client, aside);
      }
    });
  } catch (error) {
    if (error instanceof NoRoom) return error.overrun;
    throw error;
  }
  return { kind: "reserved", id };
}

async function insertCall(
  client: pg.PoolClient,
  use: ModelUse,
  { id, day, wanted }: { id: string; day: string; wanted: Wanted },
): Promise<void> {
  await client.query({
    name: "holdfast_model_call",
    text: `
      insert into holdfast.model_calls (id, workspace, flow, run, of_run, node, call, attempt, epoch, day, model_asked,
                                        reserved_input, reserved_output, reserved_cost)
      values ($1, $2, $3, $4, $5, $6, $7, $8, coalesce((select epoch from holdfast.runs where id = $4), 0), $9, $10,
              $11, $12, $13)`,
    values: [
      id,
      use.workspace,
      use.flow,
      use.run,
      use.ofRun,
      use.node,
      wanted.request.call,
      use.attempt,
      day,
      wanted.request.model,
      wanted.most.inputTokens,
      wanted.most.outputTokens,
      wanted.cost,
    ],
  });
}
