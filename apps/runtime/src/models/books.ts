/** What the books are kept with. */
import type { TokenCounts } from "@holdfast/nodes";
import type pg from "pg";
import type { Clock } from "../clock/host-clock.ts";
import type { Prices } from "./prices.ts";

export interface Books {
  readonly database: pg.Pool;
  readonly clock: Clock;
  readonly prices: Prices;
}

/** Whole numbers that are not negative, whatever was estimated or told. */
export function wholeTokens(tokens: TokenCounts): TokenCounts {
  const whole = (count: number): number => (Number.isFinite(count) ? Math.max(0, Math.ceil(count)) : 0);
  return {
    inputTokens: whole(tokens.inputTokens),
    cachedInputTokens: Math.min(whole(tokens.cachedInputTokens), whole(tokens.inputTokens)),
    outputTokens: whole(tokens.outputTokens),
  };
}
