/** The functions that Holdfast adds to CEL. All are pure: the same arguments give the same result, everywhere. */
import type { Json } from "../../json.ts";
import { renderText } from "../render.ts";
import { toJson } from "../value.ts";
import { roundDecimal } from "./decimal.ts";
import { FunctionFailure } from "./failure.ts";
import { money, moneyText } from "./money.ts";
import type { Argument, Kind, OwnFunction, ParamSpec } from "./spec.ts";
import {
  addTime,
  calendarDate,
  clockTime,
  DAY,
  HOUR,
  instant,
  isoText,
  MINUTE,
  unitsBetween,
  weekday,
} from "./time.ts";

const TIME = (name: string): ParamSpec => ({ name, kinds: ["time"] });
const ZONE: ParamSpec = { name: "zone", kinds: ["text"], optional: true };
const CURRENCY: ParamSpec = { name: "currency", kinds: ["text"], optional: true };
const AMOUNT: ParamSpec = { name: "amount", kinds: ["number", "text"] };
const NUMBERS: ParamSpec = { name: "numbers", kinds: ["list"] };
const NUMBER: ParamSpec = { name: "number", kinds: ["number"] };

export const OWN_FUNCTIONS: readonly OwnFunction[] = [
  define("money", [AMOUNT, CURRENCY], "number", {
    description: "Rounds half up to the currency's digits (two without one).",
    example: 'money(12.345, "EUR")',
    run: ([amount, currency]) => money(textOrNumber(amount), optionalText(currency)),
  }),
  define("moneyText", [AMOUNT, CURRENCY], "text", {
    description: "An amount with exactly the currency's digits, and the currency.",
    example: 'moneyText(12.5, "EUR")',
    run: ([amount, currency]) => moneyText(textOrNumber(amount), optionalText(currency)),
  }),
  define("round", [NUMBER, { name: "digits", kinds: ["number"], optional: true }], "number", {
    description: "Rounds half up.",
    example: "round(2.345, 2)",
    run: ([value, digits]) => roundDecimal(number(value), digitCount(digits)),
  }),
  define("floor", [NUMBER], "number", {
    description: "The next whole number below.",
    example: "floor(2.7)",
    run: ([value]) => Math.floor(number(value)) + 0,
  }),
  define("ceil", [NUMBER], "number", {
    description: "The next whole number above.",
    example: "ceil(2.1)",
    run: ([value]) => Math.ceil(number(value)) + 0,
  }),
  define("abs", [NUMBER], "number", {
    description: "The number without its sign.",
    example: "abs(-3)",
    run: ([value]) => Math.abs(number(value)),
  }),
  define("sum", [NUMBERS], "number", {
    description: "Adds a list of numbers up; 0 for an empty one.",
    example: "sum(input.items.map(i, i.price))",
    run: ([list]) => numbers(list).reduce((total, value) => total + value, 0),
  }),
  define("min", [NUMBERS], "number", {
    description: "The smallest number of a list.",
    example: "min([input.total, 100])",
    run: ([list]) => numbers(list, true).reduce((a, b) => Math.min(a, b)),
  }),
  define("max", [NUMBERS], "number", {
    description: "The largest number of a list.",
    example: "max([input.total, 100])",
    run: ([list]) => numbers(list, true).reduce((a, b) => Math.max(a, b)),
  }),
  define("text", [{ name: "value", kinds: ["any"] }], "text", {
    description: "The value as it stands in text.",
    example: 'text(input.total) + " EUR"',
    run: ([value]) => renderText(json(value)),
  }),
  define("daysSince", [TIME("at"), TIME("now")], "number", {
    description: "Whole days that have passed since a time.",
    example: "daysSince(input.paidAt, run.now)",
    run: ([at, now]) => unitsBetween(textOrNumber(at), textOrNumber(now), DAY),
  }),
  define("hoursSince", [TIME("at"), TIME("now")], "number", {
    description: "Whole hours that have passed since a time.",
    example: "hoursSince(input.paidAt, run.now)",
    run: ([at, now]) => unitsBetween(textOrNumber(at), textOrNumber(now), HOUR),
  }),
  define("minutesSince", [TIME("at"), TIME("now")], "number", {
    description: "Whole minutes that have passed since a time.",
    example: "minutesSince(input.paidAt, run.now)",
    run: ([at, now]) => unitsBetween(textOrNumber(at), textOrNumber(now), MINUTE),
  }),
  define("daysBetween", [TIME("from"), TIME("to")], "number", {
    description: "Whole days from one time to another.",
    example: "daysBetween(input.from, input.to)",
    run: ([from, to]) => unitsBetween(textOrNumber(from), textOrNumber(to), DAY),
  }),
  define("isBefore", [TIME("a"), TIME("b")], "bool", {
    description: "Whether the first time is earlier than the second.",
    example: "isBefore(input.dueAt, run.now)",
    run: ([a, b]) => instant(textOrNumber(a)) < instant(textOrNumber(b)),
  }),
  define("addTime", [TIME("at"), { name: "duration", kinds: ["text"] }], "text", {
    description: "A time moved by a duration.",
    example: 'addTime(run.now, "14d")',
    run: ([at, duration]) => addTime(textOrNumber(at), optionalText(duration) ?? ""),
  }),
  define("dateTime", [TIME("at")], "text", {
    description: "A time as ISO 8601 in UTC.",
    example: "dateTime(input.paidAt)",
    run: ([at]) => isoText(textOrNumber(at)),
  }),
  define("date", [TIME("at"), ZONE], "text", {
    description: "The day as 2026-05-04, in a time zone (default UTC).",
    example: 'date(run.now, "Europe/Kyiv")',
    run: ([at, zone]) => calendarDate(textOrNumber(at), optionalText(zone)),
  }),
  define("time", [TIME("at"), ZONE], "text", {
    description: "The time of day as 09:30, in a time zone (default UTC).",
    example: 'time(run.now, "Europe/Kyiv")',
    run: ([at, zone]) => clockTime(textOrNumber(at), optionalText(zone)),
  }),
  define("weekday", [TIME("at"), ZONE], "number", {
    description: "1 for Monday to 7 for Sunday, in a time zone (default UTC).",
    example: "weekday(run.now) < 6",
    run: ([at, zone]) => weekday(textOrNumber(at), optionalText(zone)),
  }),
];

function define(
  name: string,
  params: readonly ParamSpec[],
  result: Kind,
  rest: Pick<OwnFunction, "description" | "example" | "run">,
): OwnFunction {
  return { name, params, result, ...rest };
}

// Kinds are checked before `run` is called; what follows only tells the compiler.

function number(value: Argument): number {
  return typeof value === "number" ? value : Number.NaN;
}

function textOrNumber(value: Argument): string | number {
  return typeof value === "number" || typeof value === "string" ? value : "";
}

function optionalText(value: Argument): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function digitCount(value: Argument): number {
  if (value === undefined) return 0;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > 9) {
    throw new FunctionFailure("type_error", "round() takes 0 to 9 digits");
  }
  return value;
}

function json(value: Argument): Json {
  const result = toJson(value);
  if (!result.ok) throw new FunctionFailure(result.code, result.message);
  return result.value;
}

function numbers(value: Argument, notEmpty = false): number[] {
  const list = Array.isArray(value) ? value : [];
  if (notEmpty && list.length === 0) throw new FunctionFailure("type_error", "The list of numbers is empty");
  return list.map((item: unknown) => {
    if (typeof item === "number") return item;
    if (typeof item === "bigint") return Number(item);
    throw new FunctionFailure("type_error", "The list holds something that is not a number");
  });
}
