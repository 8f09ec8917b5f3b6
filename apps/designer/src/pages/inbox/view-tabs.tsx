import { useQuery } from "@tanstack/react-query";
import type { JSX } from "react";
import { useTRPC } from "../../rpc/client.ts";
import { Tabs } from "../../ui/tabs.tsx";
import { useWords } from "../../words/use-words.tsx";
import { KeepView } from "./keep-view.tsx";
import { type InboxSearch, readSaved, savedText, VIEWS } from "./search.ts";
import { words } from "./words.ts";

export interface ViewTabsProps {
  readonly search: InboxSearch;
  readonly onSearch: (search: InboxSearch) => void;
}

const SAVED = "saved:";

/** What there is to look at: the usual lists, then one's own and those that others share. */
export function ViewTabs({ search, onSearch }: ViewTabsProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const counts = useQuery(trpc.inbox.counts.queryOptions(undefined, { placeholderData: (before) => before })).data;
  const views = useQuery(trpc.inboxViews.list.queryOptions()).data ?? [];
  const saved = views.find(({ id }) => id === search.saved);
  const { view = "mine" } = search;
  return (
    <div className="flex shrink-0 items-stretch border-b border-border">
      <Tabs
        label={t("views")}
        className="-mb-px min-w-0 flex-1"
        value={saved === undefined ? view : `${SAVED}${saved.id}`}
        onChange={(next) => {
          const chosen = views.find(({ id }) => next === `${SAVED}${id}`);
          if (chosen !== undefined) onSearch({ ...readSaved(chosen.query), saved: chosen.id });
          else onSearch(inView(VIEWS.find((each) => each === next) ?? "mine"));
        }}
        tabs={[
          ...VIEWS.map((id) => ({ id: id as string, label: t(id), badge: id === "done" ? undefined : counts?.[id] })),
          ...views.map(({ id, name }) => ({ id: `${SAVED}${id}`, label: name })),
        ]}
      />
      <KeepView
        saved={saved}
        changed={saved !== undefined && savedText(search) !== saved.query}
        search={search}
        onSearch={onSearch}
      />
    </div>
  );
}

const inView = (view: (typeof VIEWS)[number]): InboxSearch => (view === "mine" ? {} : { view });
