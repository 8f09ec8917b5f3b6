import { useQuery, useQueryClient, type QueryFilters } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useTRPC } from "../../rpc/client.ts";
import { useLiveRuns } from "../../rpc/use-live-runs.ts";
import { useNow } from "../../ui/now.ts";
import { useLanguage } from "../../words/use-words.tsx";
import { endOfDay, groupTasks, type Grouping, type InboxTask, type TaskGroup } from "./groups.ts";
import { readersRow } from "./node-texts.ts";
import { type InboxSearch, queryOf } from "./search.ts";

/** While changes do not arrive by themselves it is read again. Milliseconds. */
const FALLBACK = 5_000;
/** So many tasks on either side of the open one are read before they are asked for. */
const AHEAD = 2;
const READ_AHEAD = { staleTime: 15_000 } as const;

/** Everything that changes when a task does. */
const ABOUT_TASKS: QueryFilters = {
  predicate: ({ queryKey: [path] }) => Array.isArray(path) && (path[0] === "tasks" || path[0] === "inbox"),
};

export interface Inbox {
  /** Undefined: not yet read. */
  readonly groups: readonly TaskGroup[] | undefined;
  /** The tasks in the order of the page. */
  readonly order: readonly InboxTask[];
  /** How many fit; more than `order` has where the list is longer than is shown. */
  readonly total: number;
  readonly now: Date;
  /** What is shown is of the list before: the one that is asked for is on its way. */
  readonly busy: boolean;
  readonly error: unknown;
  readonly again: () => void;
}

const groupingOf = ({ view, order = "due" }: InboxSearch): Grouping => (view === "done" ? "closed" : order);

/** The list that the address names, live. */
export function useInbox(search: InboxSearch): Inbox {
  const trpc = useTRPC();
  const now = useNow();
  const today = endOfDay(now);
  const list = useQuery(trpc.inbox.list.queryOptions(queryOf(search, today), { placeholderData: (before) => before }));
  useLiveRuns(ABOUT_TASKS, { fallback: FALLBACK });
  const language = useLanguage();
  const read = list.data?.items;
  const items = useMemo(() => read?.map((task) => readersRow(task, language)), [read, language]);
  const by = groupingOf(search);
  const groups = useMemo(() => (items === undefined ? undefined : groupTasks(items, by, now)), [items, by, now]);
  const order = useMemo(() => groups?.flatMap(({ tasks }) => tasks) ?? [], [groups]);
  return {
    groups,
    order,
    total: list.data?.total ?? 0,
    now,
    busy: list.isPlaceholderData,
    error: list.error,
    again: () => void list.refetch(),
  };
}

/** The next card is there before it is asked for. */
export function useReadAhead(order: readonly InboxTask[], place: number): void {
  const trpc = useTRPC();
  const client = useQueryClient();
  const near = place === -1 ? order.slice(0, 1) : order.slice(Math.max(0, place - 1), place + AHEAD + 1);
  const names = near.map(({ id }) => id).join(" ");
  useEffect(() => {
    for (const { id, flow, version } of near) {
      // What could not be read ahead is read, and told, when it is asked for.
      client.query(trpc.tasks.get.queryOptions({ id }, READ_AHEAD)).catch(() => undefined);
      client.query(trpc.flows.version.queryOptions({ id: flow, version }, FLOW_STAYS)).catch(() => undefined);
    }
    // The ids alone tell when there is something else to read.
  }, [names]);
}

/** A version never changes. */
export const FLOW_STAYS = { staleTime: Number.POSITIVE_INFINITY, gcTime: 600_000 } as const;
