import { diffFlows, type FlowDocument } from "@holdfast/dsl";
import { useDeferredValue, useMemo } from "react";

/** In how many places the draft differs from the version it came from. */
export function useChangeCount(base: FlowDocument | null, flow: FlowDocument): number {
  const later = useDeferredValue(flow);
  return useMemo(() => (base === null ? 0 : diffFlows(base, later).changes.length), [base, later]);
}
