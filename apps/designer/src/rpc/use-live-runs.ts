import { useQueryClient, type QueryFilters } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { readAgain } from "./read-again.ts";
import { readNowAndThen } from "./read-now-and-then.ts";
import { type RunScope, runWatch } from "./run-watch.ts";

export interface LiveRunsOptions extends RunScope {
  /** How often it is read again while changes don't arrive by themselves. Milliseconds. */
  readonly fallback: number;
}

/**
 * Reads what the filter names again when runs change, while the page is seen.
 *
 * @returns whether changes arrive by themselves
 */
export function useLiveRuns(filter: QueryFilters, { ids, flow, fallback }: LiveRunsOptions): boolean {
  const client = useQueryClient();
  const read = useRef<() => void>(() => undefined);
  useEffect(() => {
    read.current = () => readAgain(client, filter);
  });
  const names = ids?.join(" ");
  useEffect(() => runWatch.watch({ ids: names?.split(" "), flow }, () => read.current()), [names, flow]);
  const live = useStore(runWatch.live);
  useEffect(() => readNowAndThen(runWatch.live, fallback, () => read.current()), [fallback]);
  return live;
}
