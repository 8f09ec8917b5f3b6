import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../rpc/client.ts";
import type { RunDetails } from "../../rpc/outputs.ts";
import { useLiveRuns } from "../../rpc/use-live-runs.ts";

/** While changes do not arrive by themselves it is read again. Milliseconds. */
const FALLBACK = 2_000;
/** What is over may be taken up again. */
const FALLBACK_OVER = 15_000;

const isOver = (details: RunDetails | undefined): boolean => details !== undefined && details.run.finishedAt !== null;

export interface LiveRun {
  readonly details: RunDetails | undefined;
  readonly error: unknown;
  readonly retry: () => void;
  /** Changes arrive by themselves. */
  readonly live: boolean;
}

/** A run as it goes on. */
export function useRun(id: string): LiveRun {
  const trpc = useTRPC();
  const query = useQuery(trpc.runs.get.queryOptions({ id }, { staleTime: 0 }));
  const over = isOver(query.data);
  const live = useLiveRuns(trpc.runs.get.queryFilter({ id }), { ids: [id], fallback: over ? FALLBACK_OVER : FALLBACK });
  return { details: query.data, error: query.error, retry: () => void query.refetch(), live: live && !over };
}
