import { skipToken, useQuery } from "@tanstack/react-query";
import { useTRPC } from "../rpc/client.ts";
import type { Counts } from "./counts.ts";
import type { NavigationItem } from "./navigation.ts";
import { useMay } from "./session.ts";

/** Milliseconds between two readings. */
const REFRESH = 15_000;
/** Beyond this nobody counts any more. */
const MOST = 99;

/** Live counts of what waits for this person, of the pages that are in their navigation. */
export function useCounts(items: readonly NavigationItem[]): Counts {
  const trpc = useTRPC();
  const mayResolve = useMay("incident.resolve");
  const has = (place: NavigationItem["place"]): boolean => items.some((item) => item.place === place);
  const tasks = useQuery(
    trpc.inbox.counts.queryOptions(has("inbox") ? undefined : skipToken, { refetchInterval: REFRESH }),
  );
  const incidents = useQuery(
    trpc.incidents.list.queryOptions(has("incidents") && mayResolve ? { status: "open", limit: MOST } : skipToken, {
      refetchInterval: REFRESH,
    }),
  );
  return {
    ...(tasks.data === undefined ? {} : { inbox: tasks.data.mine }),
    ...(incidents.data === undefined ? {} : { incidents: incidents.data.items.length }),
  };
}
