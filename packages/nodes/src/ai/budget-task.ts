/** A call that would break a budget is somebody's task. */
import { isJsonObject, type JsonObject } from "@holdfast/dsl";
import type { DurableContext } from "../action.ts";
import { NodeFailure } from "../failure.ts";
import type { TaskRequest } from "../passage/task-request.ts";
import type { BudgetScope } from "./budget.ts";
import type { Models } from "./models.ts";

/** What a call would have broken, as its sub-step recorded it. */
export type Overrun = {
  /** The sub-step. */
  call: string;
  attempt: number;
  model: string;
  scope: BudgetScope;
  unit: "tokens" | "money";
  cap: number;
  used: number;
  wanted: number;
  /** Of `used`: what may come back by itself. Absent in records that were kept before it was told. */
  underWay?: number;
  /** When there is room again by itself. Milliseconds since the epoch. */
  endsAt?: number;
};

export type TopUp = Parameters<Models["topUp"]>[0];

const OF: { readonly [scope in BudgetScope]: string } = {
  call: "one call",
  run: "one run",
  flow: "all runs of the flow",
  day: "all runs of the flow in a day",
};

/**
 * Waits for somebody to allow more.
 * @returns `undefined` if it is to be tried without: the day is over, or it was refused in an earlier attempt, for whoever
 * had the step tried again wants to be asked again
 * @throws NodeFailure `ai_budget_refused`
 */
export async function askForMore(context: DurableContext<unknown>, overrun: Overrun): Promise<TopUp | undefined> {
  const { call, scope, unit } = overrun;
  const answer = await context.wait(taskOf(context, overrun));
  // The next day has its own: it is asked for again, and what was allowed was for the one that is over.
  const { endsAt } = overrun;
  if (answer.outcome === "timeout" || (endsAt !== undefined && context.now() >= endsAt)) return undefined;
  const data = answer.data !== undefined && isJsonObject(answer.data) ? answer.data : {};
  const { amount } = data;
  if (answer.outcome === "allow" && typeof amount === "number") {
    return { call, scope, unit, amount, by: actorText(answer.by) };
  }
  if (overrun.attempt !== context.attempt) return undefined;
  throw new NodeFailure({
    kind: "fatal",
    code: "ai_budget_refused",
    message: `The call of ${overrun.model} would go beyond the budget of ${OF[scope]}, and more was not allowed.`,
    details: { ...overrun },
  });
}

/** How often calls under way are waited for before a person is asked, and how long: a second, two, four; a minute at most. */
const PATIENT = 10;
const LONGEST_PAUSE = 60_000;

/** Milliseconds to wait for calls under way to give back what they did not need; undefined: that would not be enough. */
export function pauseBefore({ used, underWay = 0, wanted, cap }: Overrun, round: number): number | undefined {
  if (round > PATIENT || used - underWay + wanted > cap) return undefined;
  return Math.min(LONGEST_PAUSE, 1_000 * 2 ** (round - 1));
}

function actorText(by: JsonObject | undefined): string | undefined {
  const { kind, id } = by ?? {};
  return typeof kind === "string" && typeof id === "string" ? `${kind}:${id}` : undefined;
}

function taskOf({ run, now }: DurableContext<unknown>, overrun: Overrun): TaskRequest {
  const { call, model, scope, unit, cap, used, wanted, endsAt } = overrun;
  const missing = roundUp(used + wanted - cap, unit);
  return {
    name: `${call}.budget`,
    inbox: {
      title: `Budget used up: ${run.flow}, ${run.node}`,
      description: `A call of ${model} can take up to ${amountText(wanted, unit)}. Of the ${amountText(cap, unit)} for ${OF[scope]}, ${amountText(used, unit)} are used or set aside. The run waits until you allow more${endsAt === undefined ? "" : ", or the day is over"}; if you stop it, the step fails.`,
      context: {
        model,
        budget: `${amountText(cap, unit)} for ${OF[scope]}`,
        used: amountText(used, unit),
        wanted: `up to ${amountText(wanted, unit)}`,
      },
      columns: ["wanted"],
      assignTo: { roles: ["administrator", "analyst"] },
      form: formOf(unit),
      prefill: { amount: missing },
    },
    outcomes: [
      { outcome: "allow", title: "Allow more" },
      { outcome: "stop", title: "Stop" },
    ],
    ...(endsAt !== undefined && { timeout: Math.max(0, endsAt - now()) }),
  };
}

function formOf(unit: Overrun["unit"]): JsonObject {
  const amount: JsonObject =
    unit === "tokens"
      ? { type: "integer", minimum: 1, title: "Tokens to add" }
      : { type: "number", exclusiveMinimum: 0, title: "US dollars to add" };
  return { type: "object", properties: { amount }, required: ["amount"], additionalProperties: false };
}

/** Never less than is missing. */
function roundUp(amount: number, unit: Overrun["unit"]): number {
  return unit === "tokens" ? Math.max(1, Math.ceil(amount)) : Math.max(0.01, Math.ceil(amount * 100) / 100);
}

function amountText(amount: number, unit: Overrun["unit"]): string {
  if (unit === "tokens") return `${amount.toLocaleString("en-US")} tokens`;
  // Of less than ten cents as many digits as say something.
  const digits = amount > 0 && amount < 0.1 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 2 };
  return amount.toLocaleString("en-US", { style: "currency", currency: "USD", ...digits });
}
