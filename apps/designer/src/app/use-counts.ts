import { type Counts, NO_COUNTS } from "./counts.ts";
import type { NavigationItem } from "./navigation.ts";

/** Live counts of what waits for this person. */
export function useCounts(_items: readonly NavigationItem[]): Counts {
  return NO_COUNTS;
}
