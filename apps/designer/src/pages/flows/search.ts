/** What the address of the list of flows holds. */
export const SORTS = ["name", "edited", "waiting"] as const;
export type Sort = (typeof SORTS)[number];

export interface FlowsSearch {
  readonly q?: string;
  readonly sort?: Sort;
  readonly archived?: true;
}

/** What fits is taken; the rest of the address is as if it were not there. */
export function flowsSearch(search: Readonly<Record<string, unknown>>): FlowsSearch {
  const { q, sort, archived } = search;
  const known = SORTS.find((each) => each === sort);
  return {
    // A text of digits is read as a number by the router.
    ...(typeof q === "string" || typeof q === "number" ? { q: String(q) } : {}),
    ...(known === undefined ? {} : { sort: known }),
    ...(archived === true ? { archived } : {}),
  };
}

/** The same address with this text to search for. */
export function withText({ q: _, ...search }: FlowsSearch, q: string): FlowsSearch {
  return q === "" ? search : { ...search, q };
}
