import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Send } from "lucide-react";
import { useCallback, useState, type JSX } from "react";
import { useMay } from "../../app/session.ts";
import { PageTop } from "../../app/top-bar.tsx";
import { useCommands } from "../../keys/use-commands.ts";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { ListSkeleton } from "../../ui/list-skeleton.tsx";
import { EmptyState, ErrorState } from "../../ui/states.tsx";

import { useWords } from "../../words/use-words.tsx";
import { EventsTable } from "./events-table.tsx";
import { DID, type Did, type EventsSearch } from "./search.ts";
import { SendDialog } from "./send-dialog.tsx";
import { words } from "./words.ts";

const route = getRouteApi("/signed-in/events");

const PAGE = 100;
/** How often the list is read again. Milliseconds. */
const AGAIN = 3_000;
const AGAIN_DEEP = 30_000;

/** What came, and what each event started or resolved. */
export function EventsPage(): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [sending, setSending] = useState(false);
  const maySend = useMay("event.send");
  const set = (next: EventsSearch): void => void navigate({ search: next, replace: true });
  const list = useInfiniteQuery(
    trpc.events.list.infiniteQueryOptions(
      { ...search, limit: PAGE },
      {
        getNextPageParam: ({ nextCursor }) => nextCursor,
        placeholderData: (before) => before,
        // Reading again reads every page that was loaded: not while somebody goes back in time.
        refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) > 1 ? AGAIN_DEEP : AGAIN),
      },
    ),
  );
  useCommands(maySend ? [{ id: "events.send", label: t("send"), group: t("title"), run: () => setSending(true) }] : []);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const { did, ...withoutDid } = search;
  const filtered = Object.keys(search).length > 0;
  return (
    <>
      <PageTop title={t("title")}>
        <SearchField
          id="events.search"
          label={t("search")}
          group={t("title")}
          value={search.q ?? ""}
          onChange={(q) => {
            const { q: _, ...rest } = search;
            set(q === "" ? rest : { ...rest, q });
          }}
        />
        {maySend && (
          <Button icon={Send} onClick={() => setSending(true)}>
            {t("send")}
          </Button>
        )}
      </PageTop>
      <div className="flex shrink-0 overflow-x-auto border-b border-border bg-surface px-4 py-2">
        <DidFilter
          did={did}
          onChange={(next) => set({ ...withoutDid, ...(next === undefined ? {} : { did: next }) })}
        />
      </div>
      {list.error !== null && rows.length === 0 && (
        <ErrorState title={t("failed")} error={list.error} retry={() => void list.refetch()} />
      )}
      {list.data === undefined && list.error === null && <ListSkeleton />}
      {list.data !== undefined && rows.length === 0 && !filtered && (
        <EmptyState
          title={t("none")}
          text={t("noneText")}
          action={maySend ? <Button onClick={() => setSending(true)}>{t("send")}</Button> : undefined}
        />
      )}
      {list.data !== undefined && rows.length === 0 && filtered && (
        <EmptyState title={t("noMatch")} action={<Button onClick={() => set({})}>{t("clear")}</Button>} />
      )}
      {rows.length > 0 && <EventsTable rows={rows} onEnd={onEnd} />}
      {sending && <SendDialog onClose={() => setSending(false)} />}
    </>
  );
}

interface DidFilterProps {
  readonly did: Did | undefined;
  readonly onChange: (did: Did | undefined) => void;
}

/** By what became of them. */
function DidFilter({ did, onChange }: DidFilterProps): JSX.Element {
  const t = useWords(words);
  return (
    <Segmented<Did | "all">
      label={t("filter")}
      value={did ?? "all"}
      onChange={(next) => onChange(next === "all" ? undefined : next)}
      options={(["all", ...DID] as const).map((value) => ({ value, label: t(value) }))}
    />
  );
}
