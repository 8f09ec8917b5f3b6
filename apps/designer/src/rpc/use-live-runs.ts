import { useIsFetching, useQueryClient, type QueryFilters } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useRef } from "react";
import { useTRPC } from "./client.ts";

/** A notice may be lost, and the server's own look sees the newest runs of a list alone. Milliseconds. */
const ALL_THE_SAME = 30_000;

export interface LiveRunsOptions {
  /** Only these runs, or those of a flow; absent: all. */
  readonly ids?: readonly string[] | undefined;
  readonly flow?: string | undefined;
  /** False: nothing changes any more. */
  readonly enabled?: boolean | undefined;
  /** How often it is read again while changes don't arrive by themselves. Milliseconds. */
  readonly fallback: number;
}

/**
 * Reads what the filter names again when runs change. A change that comes while it is being read is not lost: it is read
 * once more afterwards. Nothing that is under way is thrown away, so a list that changes all the time can still be
 * loaded on.
 *
 * @returns whether changes arrive by themselves
 */
export function useLiveRuns(filter: QueryFilters, options: LiveRunsOptions): boolean {
  const { ids, flow, enabled = true, fallback } = options;
  const trpc = useTRPC();
  const client = useQueryClient();
  const missed = useRef(false);
  const fetching = useIsFetching(filter);
  const read = useRef<() => void>(() => undefined);
  useEffect(() => {
    read.current = () => {
      missed.current = client.isFetching(filter) > 0;
      if (!missed.current) void client.invalidateQueries(filter);
    };
  });
  useEffect(() => {
    if (fetching === 0 && missed.current) read.current();
  }, [fetching]);
  const scope = { ...(ids === undefined ? {} : { ids: [...ids] }), ...(flow === undefined ? {} : { flow }) };
  const watch = useSubscription(trpc.runs.watch.subscriptionOptions(scope, { enabled, onData: () => read.current() }));
  const live = enabled && watch.status === "pending";
  useEffect(() => {
    if (!enabled) return undefined;
    const timer = setInterval(() => read.current(), live ? ALL_THE_SAME : fallback);
    return () => clearInterval(timer);
  }, [enabled, live, fallback]);
  return live;
}
