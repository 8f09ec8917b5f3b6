import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useTRPC } from "../../rpc/client.ts";
import type { RunDetails } from "../../rpc/outputs.ts";

/** While it moves and no notice comes, it is read again. Milliseconds. */
const FALLBACK = 2_000;

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
  const client = useQueryClient();
  const query = useQuery(
    trpc.runs.get.queryOptions(
      { id },
      { refetchInterval: ({ state }) => (isOver(state.data) ? false : FALLBACK), staleTime: 0 },
    ),
  );
  const over = isOver(query.data);
  const watch = useSubscription(
    trpc.runs.watch.subscriptionOptions(
      { ids: [id] },
      {
        enabled: !over,
        onData: () => void client.invalidateQueries(trpc.runs.get.queryFilter({ id })),
      },
    ),
  );
  return {
    details: query.data,
    error: query.error,
    retry: () => void query.refetch(),
    live: !over && watch.status === "pending",
  };
}
