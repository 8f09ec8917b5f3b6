/** Adds up the ledger of model calls and the looks into the cache. */
import { TRY_OUT } from "../models/model-use.ts";
import { toDollars } from "../models/money.ts";
import type { ModelFigures } from "./model-view.ts";

/** Columns over rows of `holdfast.model_calls` as `c`; what is under way is in none. */
export const CALL_SUMS = `
  count(*) filter (where c.status <> 'reserved')::int as calls,
  count(*) filter (where c.status = 'failed')::int as failed,
  count(*) filter (where c.status = 'lost')::int as lost,
  count(*) filter (where c.status <> 'reserved' and c.call like '${TRY_OUT}%')::int as tried,
  coalesce(sum(c.input_tokens), 0)::bigint as input,
  coalesce(sum(c.cached_tokens), 0)::bigint as "cachedInput",
  coalesce(sum(c.output_tokens), 0)::bigint as output,
  sum(c.cost)::bigint as cost,
  count(*) filter (where c.status <> 'reserved' and c.cost is null)::int as unpriced`;

/** Columns over rows of `holdfast.model_lookups`. */
export const LOOKUP_SUMS = `
  count(*)::int as looked,
  count(*) filter (where l.hit)::int as cached,
  coalesce(sum(l.saved), 0)::bigint as saved`;

export interface CallSums {
  readonly calls: number;
  readonly failed: number;
  readonly lost: number;
  readonly tried: number;
  readonly input: number;
  readonly cachedInput: number;
  readonly output: number;
  readonly cost: number | null;
  readonly unpriced: number;
}

export interface LookupSums {
  readonly looked: number;
  readonly cached: number;
  readonly saved: number;
}

const NO_CALLS: CallSums = {
  calls: 0,
  failed: 0,
  lost: 0,
  tried: 0,
  input: 0,
  cachedInput: 0,
  output: 0,
  cost: null,
  unpriced: 0,
};
const NO_LOOKUPS: LookupSums = { looked: 0, cached: 0, saved: 0 };

export function modelFigures(calls: CallSums = NO_CALLS, lookups: LookupSums = NO_LOOKUPS): ModelFigures {
  return {
    calls: calls.calls,
    failed: calls.failed,
    lost: calls.lost,
    tried: calls.tried,
    tokens: calls.input + calls.output,
    inputTokens: calls.input,
    cachedInputTokens: calls.cachedInput,
    outputTokens: calls.output,
    // Nothing was asked: that costs nothing.
    costUsd: calls.cost === null ? costOfNone(calls) : toDollars(calls.cost),
    unpriced: calls.unpriced,
    looked: lookups.looked,
    cached: lookups.cached,
    savedUsd: toDollars(lookups.saved),
  };
}

const costOfNone = ({ unpriced }: CallSums): number | null => (unpriced === 0 ? 0 : null);
