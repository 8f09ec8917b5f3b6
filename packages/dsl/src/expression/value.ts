/** The border between JSON and the values that the evaluator works with. */
import { Optional } from "@marcbachmann/cel-js";
import type { Json } from "../json.ts";
import { EXPRESSION_LIMITS } from "./limits.ts";

export type JsonResult =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly code: "not_json" | "result_too_large"; readonly message: string };

/**
 * Makes JSON of a result: integers become numbers, maps become objects.
 * Refuses what JSON can't say (NaN, infinities, integers beyond 2^53, optionals) and what is too large.
 */
export function toJson(value: unknown): JsonResult {
  const budget: Budget = { left: EXPRESSION_LIMITS.resultSize };
  try {
    return { ok: true, value: convert(value, budget, 0) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, code: error.code, message: error.message };
    throw error;
  }
}

interface Budget {
  left: number;
}

class Refusal extends Error {
  readonly code: "not_json" | "result_too_large";

  constructor(code: "not_json" | "result_too_large", message: string) {
    super(message);
    this.code = code;
  }
}

function spend(budget: Budget, size: number): void {
  budget.left -= size;
  if (budget.left < 0) {
    throw new Refusal(
      "result_too_large",
      `The result is larger than ${EXPRESSION_LIMITS.resultSize} characters of JSON`,
    );
  }
}

function convert(value: unknown, budget: Budget, depth: number): Json {
  switch (typeof value) {
    case "string":
      spend(budget, value.length + 2);
      return value;
    case "boolean":
      spend(budget, 5);
      return value;
    case "number":
      spend(budget, 8);
      if (!Number.isFinite(value)) throw new Refusal("not_json", `The result ${value} is not a finite number`);
      return value;
    case "bigint":
      spend(budget, 8);
      return safeNumber(value);
    case "object":
      return value === null ? null : convertObject(value, budget, depth);
    default:
      throw new Refusal("not_json", "The result is no JSON value");
  }
}

function safeNumber(value: bigint): number {
  const result = Number(value);
  if (Number.isSafeInteger(result)) return result;
  throw new Refusal("not_json", `The whole number ${shortened(String(value))} is too large to be exact in JSON`);
}

const shortened = (digits: string): string => (digits.length > 40 ? `${digits.slice(0, 40)}…` : digits);

function convertObject(value: object, budget: Budget, depth: number): Json {
  if (depth > EXPRESSION_LIMITS.valueDepth) {
    throw new Refusal("result_too_large", `The result is nested more than ${EXPRESSION_LIMITS.valueDepth} levels deep`);
  }
  if (Array.isArray(value)) {
    spend(budget, value.length + 2);
    return value.map((item: unknown) => convert(item, budget, depth + 1));
  }
  if (value instanceof Map) return convertEntries(value, budget, depth);
  if (isPlainObject(value)) return convertEntries(Object.entries(value), budget, depth);
  if (value instanceof Optional) {
    throw new Refusal("not_json", "The result may be absent: end the expression with .orValue(…)");
  }
  throw new Refusal("not_json", "The result is no JSON value");
}

function convertEntries(entries: Iterable<readonly [unknown, unknown]>, budget: Budget, depth: number): Json {
  const converted: [string, Json][] = [];
  for (const [key, item] of entries) {
    const name = String(key);
    spend(budget, name.length + 4);
    converted.push([name, convert(item, budget, depth + 1)]);
  }
  // fromEntries defines own properties, so a key "__proto__" stays data.
  return Object.fromEntries(converted);
}

/** An object as JSON.parse or a map literal makes it; a key named `constructor` does not matter. */
export function isPlainObject(value: object): value is { [key: string]: unknown } {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** Whether a JSON value is larger, or deeper, than a result may be. Stops as soon as it is sure. */
export function isTooLarge(value: Json): boolean {
  return remaining(value, EXPRESSION_LIMITS.resultSize, 0) < 0;
}

function remaining(value: Json, left: number, depth: number): number {
  if (typeof value === "string") return left - value.length - 2;
  if (typeof value !== "object" || value === null) return left - 5;
  if (depth > EXPRESSION_LIMITS.valueDepth) return -1;
  let rest = left - 2;
  if (Array.isArray(value)) {
    for (const item of value) {
      if (rest < 0) return rest;
      rest = remaining(item, rest, depth + 1);
    }
    return rest;
  }
  for (const [key, item] of Object.entries(value)) {
    if (rest < 0) return rest;
    rest = remaining(item, rest - key.length - 4, depth + 1);
  }
  return rest;
}
