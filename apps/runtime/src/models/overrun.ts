/** Whether a call fits into what a budget allows. */
import type { Budget, BudgetScope, Reservation } from "@holdfast/nodes";
import type { Amount, Standing } from "./counters.ts";
import { toDollars, toMillionths } from "./money.ts";

export type Overrun = Extract<Reservation, { kind: "overrun" }>;

/** What is absent is without limit. */
export function capOf(budget: Budget | undefined, scope: BudgetScope): Partial<Amount> {
  const { tokens, money } = budget?.[scope] ?? {};
  return {
    ...(tokens !== undefined && { tokens }),
    ...(money !== undefined && { cost: toMillionths(money) }),
  };
}

/** Which of the two has no room. Undefined: both have. */
export function overrunOf(
  scope: BudgetScope,
  cap: Partial<Amount>,
  { amount, added, spent, reserved }: { readonly amount: Amount } & Standing,
): Overrun | undefined {
  const used: Amount = { tokens: spent.tokens + reserved.tokens, cost: spent.cost + reserved.cost };
  if (cap.tokens !== undefined && used.tokens + amount.tokens > cap.tokens + added.tokens) {
    const figures = {
      cap: cap.tokens + added.tokens,
      used: used.tokens,
      wanted: amount.tokens,
      underWay: reserved.tokens,
    };
    return { kind: "overrun", scope, unit: "tokens", ...figures };
  }
  if (cap.cost !== undefined && used.cost + amount.cost > cap.cost + added.cost) {
    const figures = {
      cap: toDollars(cap.cost + added.cost),
      used: toDollars(used.cost),
      wanted: toDollars(amount.cost),
      underWay: toDollars(reserved.cost),
    };
    return { kind: "overrun", scope, unit: "money", ...figures };
  }
  return undefined;
}
