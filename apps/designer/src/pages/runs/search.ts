/** What the address of the list of runs holds: a link shows another person the same list. */
export const FACETS = ["running", "waiting", "incident", "failed", "completed", "canceled"] as const;
export type Facet = (typeof FACETS)[number];

export const PERIODS = [1, 7, 30] as const;
export type Period = (typeof PERIODS)[number];

export interface RunsSearch {
  readonly flow?: string;
  readonly status?: Facet;
  readonly q?: string;
  /** Started in the last so many days. */
  readonly days?: Period;
  readonly version?: number;
  /** The run that is peeked at. */
  readonly peek?: string;
}

function text(value: unknown): string | undefined {
  // A text of digits is read as a number by the router.
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** What fits is taken; the rest of the address is as if it were not there. */
export function runsSearch(search: Readonly<Record<string, unknown>>): RunsSearch {
  const { flow, q, peek, status, days, version } = search;
  const facet = FACETS.find((each) => each === status);
  const period = PERIODS.find((each) => each === Number(days));
  const number = typeof version === "number" && Number.isInteger(version) && version > 0 ? version : undefined;
  return Object.fromEntries(
    Object.entries({
      flow: text(flow),
      q: text(q),
      peek: text(peek),
      status: facet,
      days: period,
      version: number,
    }).filter(([, value]) => value !== undefined),
  );
}
