import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, type JSX } from "react";
import { useMay } from "../../app/session.ts";
import { PageTop } from "../../app/top-bar.tsx";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { useNow } from "../../ui/now.ts";
import { SearchField } from "../../ui/search-field.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { Select } from "../../ui/select.tsx";
import { ListSkeleton } from "../../ui/list-skeleton.tsx";
import { EmptyState, ErrorState } from "../../ui/states.tsx";
import { useMedia } from "../../ui/use-media.ts";
import { useWords } from "../../words/use-words.tsx";
import { AuditTable } from "./audit-table.tsx";
import { ChainState } from "./chain-state.tsx";
import { EntryPanel } from "./entry-panel.tsx";
import { type AuditSearch, type Days, DAYS } from "./search.ts";
import { words } from "./words.ts";

const route = getRouteApi("/signed-in/audit");

const PAGE = 100;
const DAY = 86_400_000;
/** Milliseconds. What is asked for stands still meanwhile. */
const MINUTE = 60_000;

/** Who did what: every decision and operation, and how far that is covered by a signed head. */
export function AuditPage(): JSX.Element {
  const t = useWords(words);
  if (useMay("audit.read")) return <Audit />;
  return (
    <>
      <PageTop title={t("title")} />
      <EmptyState title={t("noRight")} text={t("noRightText")} />
    </>
  );
}

function Audit(): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const now = useNow().getTime();
  const narrow = useMedia("(max-width: 1023px)");
  const set = (next: AuditSearch): void => void navigate({ search: next, replace: true });
  const { entry, days, ...filter } = search;
  const since =
    days === undefined ? {} : { since: new Date(Math.floor(now / MINUTE) * MINUTE - days * DAY).toISOString() };
  const list = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(
      { ...filter, ...since, limit: PAGE },
      { getNextPageParam: ({ nextCursor }) => nextCursor, placeholderData: (before) => before },
    ),
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const filtered = Object.keys({ ...filter, ...since }).length > 0;
  const open = (id: string | undefined): void => {
    const { entry: _, ...rest } = search;
    set(id === undefined ? rest : { ...rest, entry: id });
  };
  return (
    <>
      <PageTop title={t("title")}>
        <SearchField
          id="audit.search"
          label={t("target")}
          group={t("title")}
          value={search.target ?? ""}
          onChange={(text) => {
            const { target: _, ...rest } = search;
            set(text.trim() === "" ? rest : { ...rest, target: text.trim() });
          }}
        />
      </PageTop>
      <ChainState />
      <Filters search={search} onChange={set} />
      {list.error !== null && rows.length === 0 && (
        <ErrorState title={t("failed")} error={list.error} retry={() => void list.refetch()} />
      )}
      {list.data === undefined && list.error === null && <ListSkeleton />}
      {list.data !== undefined && rows.length === 0 && !filtered && (
        <EmptyState title={t("none")} text={t("noneText")} />
      )}
      {list.data !== undefined && rows.length === 0 && filtered && (
        <EmptyState title={t("noMatch")} action={<Button onClick={() => set({})}>{t("clear")}</Button>} />
      )}
      {(rows.length > 0 || entry !== undefined) && (
        <div className="flex min-h-0 flex-1">
          {(entry === undefined || !narrow) && (
            <AuditTable rows={rows} onEnd={onEnd} search={search} selected={entry} />
          )}
          {entry !== undefined && (
            <EntryPanel
              key={entry}
              id={entry}
              known={rows.find(({ id }) => id === entry)}
              onClose={() => open(undefined)}
            />
          )}
        </div>
      )}
    </>
  );
}

/** What one can ask for: a noun stands for all that is done to it. */
const NOUNS = [
  "task",
  "run",
  "wait",
  "incident",
  "flow",
  "person",
  "key",
  "session",
  "credential",
  "calendar",
] as const;

interface FiltersProps {
  readonly search: AuditSearch;
  readonly onChange: (search: AuditSearch) => void;
}

function Filters({ search, onChange }: FiltersProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const people = useQuery(trpc.people.list.queryOptions());
  const { who, action, days, ...rest } = search;
  const chosen = {
    ...(who === undefined ? {} : { who }),
    ...(action === undefined ? {} : { action }),
    ...(days === undefined ? {} : { days }),
  };
  const choose = (name: "who" | "action" | "days", value: Partial<AuditSearch>): void => {
    const { [name]: _, ...others } = chosen;
    onChange({ ...rest, ...others, ...value });
  };
  const nouns = NOUNS.map((noun) => ({ value: noun, label: t(`group_${noun}`) }));
  // An address may ask for one action alone.
  const known = action === undefined || nouns.some(({ value }) => value === action);
  const actions = [
    { value: "", label: t("anything") },
    ...nouns,
    ...(known || action === undefined ? [] : [{ value: action, label: action }]),
  ];
  return (
    <div
      role="group"
      aria-label={t("filters")}
      className="flex shrink-0 flex-wrap items-center gap-2 border-b border-border bg-surface px-4 py-2"
    >
      <Select<string>
        label={t("who")}
        size="sm"
        className="max-w-56"
        value={who ?? ""}
        options={[
          { value: "", label: t("anybody") },
          ...(people.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(value) => choose("who", value === "" ? {} : { who: value })}
      />
      <Select<string>
        label={t("action")}
        size="sm"
        className="max-w-56"
        value={action ?? ""}
        options={actions}
        onChange={(value) => choose("action", value === "" ? {} : { action: value })}
      />
      <Segmented<`${Days}` | "all">
        label={t("when")}
        value={days === undefined ? "all" : `${days}`}
        options={[
          { value: "all", label: t("always") },
          ...DAYS.map((each) => ({ value: `${each}` as const, label: t(`days_${each}`) })),
        ]}
        onChange={(value) => {
          const next = DAYS.find((each) => `${each}` === value);
          choose("days", next === undefined ? {} : { days: next });
        }}
      />
    </div>
  );
}
