/** What a call costs, in millionths of a US dollar. */
import type { TokenCounts } from "@holdfast/nodes";
import { z } from "zod";
import { KNOWN_PRICES, type Price } from "./price-table.ts";

const perMillion = z.number().min(0);

const pricesField = z.record(
  z.string().min(1),
  z.strictObject({ input: perMillion, cachedInput: perMillion.optional(), output: perMillion }),
);

/** A version's date, or a word that stands for the newest one. */
const DATED = /(-\d{4}-\d{2}-\d{2}|[-@]\d{8}|-latest)$/;

export class Prices {
  readonly #own: ReadonlyMap<string, Price>;

  /** `own`: beyond the known ones, or instead of them. */
  constructor(own: ReadonlyMap<string, Price> = new Map()) {
    this.#own = own;
  }

  /**
   * By the model's full name; else without its date (`gpt-5-mini-2025-08-07`), without its provider
   * (`anthropic/claude-sonnet-4-5`), or without both. Undefined: nobody told.
   */
  of(model: string): Price | undefined {
    const bare = model.slice(model.lastIndexOf("/") + 1);
    for (const name of [model, model.replace(DATED, ""), bare, bare.replace(DATED, "")]) {
      const price = this.#own.get(name) ?? (Object.hasOwn(KNOWN_PRICES, name) ? KNOWN_PRICES[name] : undefined);
      if (price !== undefined) return price;
    }
    return undefined;
  }

  /** Null: nobody told what the model costs. A begun millionth counts as a whole one. */
  cost(model: string, tokens: TokenCounts): number | null {
    const price = this.of(model);
    if (price === undefined) return null;
    const cached = Math.min(tokens.cachedInputTokens, tokens.inputTokens);
    const exact =
      (tokens.inputTokens - cached) * price.input + cached * price.cachedInput + tokens.outputTokens * price.output;
    // What binary fractions add must not begin another millionth.
    return Math.ceil(Number(exact.toFixed(6)));
  }
}

/** What `HOLDFAST_AI_PRICES` says. Each fault is told by its place. */
export function parsePrices(text: string): { readonly prices: Prices } | { readonly faults: readonly string[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { faults: ['must be JSON, such as {"my-model": {"input": 0.5, "cachedInput": 0.05, "output": 1.5}}'] };
  }
  const parsed = pricesField.safeParse(json);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${pointerOf(path)}: ${message}`);
    return { faults: faults.map((fault) => `${fault}. A price is {"input", "cachedInput"?, "output"} in US dollars`) };
  }
  const own = Object.entries(parsed.data).map(([model, { input, cachedInput = input, output }]) => {
    return [model, { input, cachedInput, output }] as const;
  });
  return { prices: new Prices(new Map(own)) };
}

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
