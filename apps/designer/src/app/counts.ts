import type { Place } from "./navigation.ts";

/** What waits for this very person. Only where they can act. */
export type Counts = Readonly<Partial<Record<Place, number>>>;

export const NO_COUNTS: Counts = {};
