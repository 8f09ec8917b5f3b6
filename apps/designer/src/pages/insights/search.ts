export const SPANS = [7, 30, 90, 365] as const;
export type Span = (typeof SPANS)[number];

/** What the address of the insights holds. */
export interface InsightsSearch {
  /** Days back from now; absent: 30. */
  readonly days?: Span;
  readonly flow?: string;
  /** Absent: how people decide. */
  readonly about?: "models";
}

export function insightsSearch({ days, flow, about }: Readonly<Record<string, unknown>>): InsightsSearch {
  const known = SPANS.find((span) => span === Number(days));
  return {
    ...(known === undefined ? {} : { days: known }),
    ...(typeof flow === "string" && flow !== "" ? { flow } : {}),
    ...(about === "models" ? { about } : {}),
  };
}
