import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Play } from "lucide-react";
import { useCallback, useMemo, useState, type JSX } from "react";
import { useMay } from "../../app/session.ts";
import { PageTop } from "../../app/top-bar.tsx";
import { useCommands } from "../../keys/use-commands.ts";
import { useTRPC } from "../../rpc/client.ts";
import { useLiveRuns } from "../../rpc/use-live-runs.ts";
import { Button } from "../../ui/button.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { EmptyState, ErrorState } from "../../ui/states.tsx";

import { useWords } from "../../words/use-words.tsx";
import { Facets } from "./facets.tsx";
import { Filters } from "./filters.tsx";
import { RunPeek } from "./run-peek.tsx";
import { RunsTable } from "./runs-table.tsx";
import type { RunsSearch } from "./search.ts";
import { StartRunDialog } from "./start-run-dialog.tsx";
import { words } from "./words.ts";

const route = getRouteApi("/signed-in/runs");

const PAGE = 100;
const DAY = 86_400_000;
/** While nothing is told, the list is read again. Milliseconds. */
const FALLBACK = 5_000;

/** All runs: counts per state are the filter, the address holds it, and rows change in place. */
export function RunsPage(): JSX.Element {
  const t = useWords(words);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [starting, setStarting] = useState(false);
  const mayStart = useMay("run.start");
  const runs = useRuns(search);
  const set = useCallback((next: RunsSearch) => void navigate({ search: next, replace: true }), [navigate]);
  const peek = useCallback(
    (id: string | undefined) => {
      const { peek: _, ...rest } = search;
      set(id === undefined ? rest : { ...rest, peek: id });
    },
    [search, set],
  );
  useCommands(
    mayStart ? [{ id: "runs.start", label: t("start"), group: t("title"), run: () => setStarting(true) }] : [],
  );
  const { rows, list, counts, starts, flows } = runs;
  const peeked = rows.find(({ id }) => id === search.peek);
  return (
    <>
      <PageTop title={t("title")} beside={runs.live && <LiveMark />}>
        <SearchField
          id="runs.search"
          label={t("search")}
          group={t("title")}
          value={search.q ?? ""}
          onChange={(q) => set(withText(search, q))}
        />
        {mayStart && (
          <Button icon={Play} onClick={() => setStarting(true)}>
            {t("start")}
          </Button>
        )}
      </PageTop>
      <Facets
        counts={counts}
        starts={starts}
        chosen={search.status}
        onChoose={(status) => {
          const { status: _, ...rest } = search;
          set(status === undefined ? rest : { ...rest, status });
        }}
      />
      <Filters
        search={search}
        flows={flows}
        onChange={set}
        shown={list.data === undefined ? "" : t("shown", { n: rows.length, more: String(list.hasNextPage) })}
      />
      <div className="flex min-h-0 flex-1">
        <RunsList runs={runs} search={search} onPeek={peek} onClear={() => set({})} />
        {peeked !== undefined && <RunPeek row={peeked} onClose={() => peek(undefined)} />}
      </div>
      {starting && <StartRunDialog flows={flows} flow={search.flow} onClose={() => setStarting(false)} />}
    </>
  );
}

function withText(search: RunsSearch, q: string): RunsSearch {
  const { q: _, ...rest } = search;
  return q === "" ? rest : { ...rest, q };
}

interface RunsListProps {
  readonly runs: ReturnType<typeof useRuns>;
  readonly search: RunsSearch;
  readonly onPeek: (id: string | undefined) => void;
  readonly onClear: () => void;
}

function RunsList({ runs, search, onPeek, onClear }: RunsListProps): JSX.Element {
  const t = useWords(words);
  const navigate = route.useNavigate();
  const { list, rows } = runs;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (list.error !== null && rows.length === 0) {
    return <ErrorState title={t("failed")} error={list.error} retry={() => void list.refetch()} />;
  }
  if (list.data === undefined) return <RowsSkeleton />;
  if (rows.length === 0) {
    const { peek: _, ...filters } = search;
    return Object.keys(filters).length === 0 ? (
      <EmptyState title={t("noRuns")} text={t("noRunsText")} />
    ) : (
      <EmptyState title={t("noMatch")} action={<Button onClick={onClear}>{t("clear")}</Button>} />
    );
  }
  return (
    <RunsTable
      rows={rows}
      oneFlow={search.flow !== undefined}
      peek={search.peek}
      onPeek={onPeek}
      onOpen={(id) => void navigate({ to: "/runs/$run", params: { run: id } })}
      onEnd={onEnd}
    />
  );
}

function RowsSkeleton(): JSX.Element {
  return (
    <div className="hf-late flex flex-1 flex-col bg-surface">
      {Array.from({ length: 12 }, (_, row) => (
        <div key={row} className="flex h-[34px] items-center border-b border-border px-4">
          <Skeleton className="w-2/3" />
        </div>
      ))}
    </div>
  );
}

function LiveMark(): JSX.Element {
  const t = useWords(words);
  return (
    <span className="flex items-center gap-1.5 text-12 whitespace-nowrap text-text-2">
      <span aria-hidden className="size-[7px] rounded-full bg-completed" />
      {t("live")}
    </span>
  );
}

/** What the page shows, kept fresh by notices and, where none comes, by reading again. */
function useRuns(search: RunsSearch) {
  const trpc = useTRPC();
  const { flow, version, q, status, days } = search;
  const [opened] = useState(() => Date.now());
  const since = days === undefined ? undefined : new Date(opened - days * DAY).toISOString();
  const scope = { ...(flow === undefined ? {} : { flow }), ...(since === undefined ? {} : { since }) };
  const list = useInfiniteQuery(
    trpc.runs.list.infiniteQueryOptions(
      {
        ...scope,
        limit: PAGE,
        ...(version === undefined ? {} : { version }),
        ...(q === undefined ? {} : { q }),
        ...(status === undefined ? {} : statusFilter(status)),
      },
      { getNextPageParam: ({ nextCursor }) => nextCursor, placeholderData: (before) => before },
    ),
  );
  const counts = useQuery(trpc.runs.counts.queryOptions(scope, { placeholderData: (before) => before }));
  const starts = useQuery(
    trpc.runs.starts.queryOptions(
      { ...(flow === undefined ? {} : { flow }), days: days ?? 7, bars: 42 },
      { placeholderData: (before) => before },
    ),
  );
  const flows = useQuery(trpc.flows.list.queryOptions());
  const live = useLiveRuns(trpc.runs.pathFilter(), { flow, fallback: FALLBACK });
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data]);
  return { list, rows, live, counts: counts.data, starts: starts.data, flows: flows.data ?? [] };
}

function statusFilter(facet: NonNullable<RunsSearch["status"]>): {
  readonly status: ("running" | "queued" | "waiting" | "paused" | "completed" | "failed" | "canceled")[];
  readonly incident?: boolean;
} {
  switch (facet) {
    case "running":
      return { status: ["running", "queued"] };
    case "waiting":
      return { status: ["waiting", "paused"], incident: false };
    case "incident":
      return { status: ["waiting", "paused", "running", "queued"], incident: true };
    case "failed":
    case "completed":
    case "canceled":
      return { status: [facet] };
  }
}
