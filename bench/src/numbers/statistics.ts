/** The few statistics a benchmark needs. */

/** The value below which `share` (0 to 1) of the values lie, by nearest rank. @throws RangeError without values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.min(sorted.length, Math.max(1, Math.ceil(share * sorted.length)));
  const value = sorted[rank - 1];
  if (value === undefined) throw new RangeError("there is nothing to take a percentile of");
  return value;
}

/** The middle value; of an even number, the mean of the two in the middle. @throws RangeError without values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError("there is nothing to take a median of");
  return (lower + upper) / 2;
}

/** A number with as many digits as a benchmark can stand behind: three significant ones, or whole from 100 on. */
export function rounded(value: number): number {
  if (!Number.isFinite(value)) return value;
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
