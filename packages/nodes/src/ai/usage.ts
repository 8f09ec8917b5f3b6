/** Tokens and money of calls, put together. */
import { isJsonObject, type Json, type JsonObject } from "@holdfast/dsl";
import type { TokenCounts } from "./models.ts";

/** What calls took. */
export interface Bill {
  readonly usage: TokenCounts;
  /** US dollars; null: the price of one of them is not known. */
  readonly costUsd: number | null;
}

export const NO_TOKENS: TokenCounts = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 };
/** No answer takes nothing: the provider did not say. */
export const isUntold = ({ inputTokens, outputTokens }: TokenCounts): boolean => inputTokens + outputTokens === 0;

export const NOTHING: Bill = { usage: NO_TOKENS, costUsd: 0 };

export function addBills(a: Bill, b: Bill): Bill {
  return {
    usage: {
      inputTokens: a.usage.inputTokens + b.usage.inputTokens,
      cachedInputTokens: a.usage.cachedInputTokens + b.usage.cachedInputTokens,
      outputTokens: a.usage.outputTokens + b.usage.outputTokens,
    },
    costUsd: a.costUsd === null || b.costUsd === null ? null : a.costUsd + b.costUsd,
  };
}

/** As it stands in a step's meta, or in an error's details. */
export function billMeta({ usage, costUsd }: Bill): { readonly usage: JsonObject; readonly costUsd: number | null } {
  return { usage: { ...usage, totalTokens: usage.inputTokens + usage.outputTokens }, costUsd };
}

/** What `billMeta` wrote. */
export function billOf(meta: Json | undefined): Bill {
  if (!isJsonObject(meta)) return NOTHING;
  const { usage, costUsd } = meta;
  return {
    usage: isJsonObject(usage) ? tokensOf(usage) : NO_TOKENS,
    costUsd: typeof costUsd === "number" ? costUsd : null,
  };
}

/** Counts that are missing or make no sense are 0: a server's bad bookkeeping must not break a checkpoint. */
export function tokensOf(counts: { readonly [name: string]: unknown }): TokenCounts {
  const count = (name: string): number => {
    const value = counts[name];
    return typeof value === "number" && Number.isFinite(value) && value > 0 ? Math.ceil(value) : 0;
  };
  return {
    inputTokens: count("inputTokens"),
    cachedInputTokens: Math.min(count("cachedInputTokens"), count("inputTokens")),
    outputTokens: count("outputTokens"),
  };
}
