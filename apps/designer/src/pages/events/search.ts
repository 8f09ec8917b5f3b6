export const DID = ["something", "nothing", "refused"] as const;
export type Did = (typeof DID)[number];

/** What the address of the list of events holds. */
export interface EventsSearch {
  readonly name?: string;
  readonly q?: string;
  readonly did?: Did;
}

export function eventsSearch({ name, q, did }: Readonly<Record<string, unknown>>): EventsSearch {
  const known = DID.find((each) => each === did);
  return {
    ...(typeof name === "string" && name !== "" ? { name } : {}),
    ...(typeof q === "string" || typeof q === "number" ? { q: String(q) } : {}),
    ...(known === undefined ? {} : { did: known }),
  };
}
