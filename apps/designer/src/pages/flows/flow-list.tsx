import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo, type JSX } from "react";
import { useTRPC } from "../../rpc/client.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { useWords } from "../../words/use-words.tsx";
import { EmptyFlows } from "./empty-flows.tsx";
import { FlowTable } from "./flow-table.tsx";
import { ListBar } from "./list-bar.tsx";
import type { Beginning } from "./new-flow-dialog.tsx";
import { arrange } from "./rows.ts";
import { type FlowsSearch, withText } from "./search.ts";
import { useOpenRefund } from "./use-open-refund.ts";
import { words } from "./words.ts";

/** How often the counts are read anew, in milliseconds. */
const REFRESH = 5_000;

export interface FlowListProps {
  readonly search: FlowsSearch;
  readonly onSearch: (search: FlowsSearch) => void;
  readonly onBegin: (from: Beginning) => void;
}

/** The flows that the address asks for. */
export function FlowList({ search, onSearch, onBegin }: FlowListProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const archived = search.archived === true;
  const flows = useQuery(
    trpc.flows.list.queryOptions({ archived }, { refetchInterval: REFRESH, placeholderData: keepPreviousData }),
  );
  const openRefund = useOpenRefund();
  const q = useDeferredValue(search.q);
  const rows = useMemo(
    () => arrange(flows.data ?? [], { q, sort: search.sort }, t.language),
    [flows.data, q, search.sort, t.language],
  );
  const { archived: _, ...current } = search;
  if (flows.isError && flows.data === undefined) {
    return <ErrorState title={t("loadFailed")} error={flows.error} retry={() => void flows.refetch()} />;
  }
  if (flows.data === undefined) return <Loading />;
  if (flows.data.length === 0 && !archived) return <EmptyFlows onBegin={onBegin} onOpenRefund={openRefund} />;
  return (
    <>
      <ListBar
        count={rows.length}
        sort={search.sort ?? "name"}
        archived={archived}
        onSort={(sort) => onSearch({ ...search, sort })}
        onArchived={(show) => onSearch(show ? { ...current, archived: true } : current)}
      />
      {rows.length === 0 ? (
        <p className="p-4 text-text-2">
          {search.q === undefined ? (
            t("noArchived")
          ) : (
            <>
              {t("noMatch", { q: search.q })}{" "}
              <button
                type="button"
                className="font-medium text-accent-text"
                onClick={() => onSearch(withText(search, ""))}
              >
                {t("clear")}
              </button>
            </>
          )}
        </p>
      ) : (
        <FlowTable rows={rows} sort={search.sort ?? "name"} onSort={(sort) => onSearch({ ...search, sort })} />
      )}
    </>
  );
}

function Loading(): JSX.Element {
  return (
    <div aria-hidden className="flex-1 bg-surface pt-10">
      {Array.from({ length: 8 }, (_, at) => (
        <div key={at} className="flex h-11 items-center gap-8 border-b border-border px-4">
          <Skeleton className="w-1/4" />
          <Skeleton className="w-1/6" />
          <Skeleton className="w-10" />
        </div>
      ))}
    </div>
  );
}
