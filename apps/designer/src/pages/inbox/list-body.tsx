import { useCallback, useEffect, useRef, type JSX } from "react";
import { useSession } from "../../app/session.ts";
import { Button } from "../../ui/button.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { EmptyState, ErrorState } from "../../ui/states.tsx";
import { useWords } from "../../words/use-words.tsx";
import type { Chosen } from "./chosen.ts";
import type { InboxTask } from "./groups.ts";
import { filtersOf, type InboxSearch, without } from "./search.ts";
import { TaskList } from "./task-list.tsx";
import type { Inbox } from "./use-inbox.ts";
import { words } from "./words.ts";

export interface ListBodyProps {
  readonly inbox: Inbox;
  readonly search: InboxSearch;
  readonly chosen: Chosen;
  readonly onSearch: (search: InboxSearch) => void;
  readonly onOpen: (task: InboxTask) => void;
}

/** The list, or why there is none. */
export function ListBody({ inbox, search, chosen, onSearch, onOpen }: ListBodyProps): JSX.Element {
  const t = useWords(words);
  const me = useSession().person.id;
  const { groups, error, again, order, total } = inbox;
  const latest = useRef(chosen);
  useEffect(() => {
    latest.current = chosen;
  });
  // Rows are drawn again only when they change.
  const onChoose = useCallback(({ id }: InboxTask, range: boolean) => {
    if (range) latest.current.toggleTo(id);
    else latest.current.toggle(id);
  }, []);
  if (groups === undefined && error !== null) return <ErrorState title={t("failed")} error={error} retry={again} />;
  if (groups === undefined) return <ListSkeleton />;
  if (order.length > 0) {
    return (
      <TaskList
        groups={groups}
        selected={search.task}
        now={inbox.now}
        me={me}
        chosen={chosen.choosing ? chosen.ids : undefined}
        onOpen={onOpen}
        onChoose={onChoose}
        more={total - order.length}
        busy={inbox.busy}
      />
    );
  }
  const filters = filtersOf(search);
  if (filters.length > 0) {
    const clear = <Button onClick={() => onSearch(without(search, ...filters))}>{t("clear")}</Button>;
    return <EmptyState title={t("noMatch")} action={clear} />;
  }
  if (search.view === "done") return <EmptyState title={t("noneDecided")} />;
  return <EmptyState title={t("nothing")} text={t("nothingText")} />;
}

function ListSkeleton(): JSX.Element {
  return (
    <div className="hf-late flex flex-1 flex-col">
      {Array.from({ length: 8 }, (_, row) => (
        <div key={row} className="flex h-[57px] flex-col justify-center gap-2 border-b border-border px-4">
          <Skeleton className="w-1/2" />
          <Skeleton className="w-1/3" />
        </div>
      ))}
    </div>
  );
}

/** The keys that one uses most; all of them are behind `?`. */
export function KeysLine(): JSX.Element {
  const t = useWords(words);
  return (
    <p
      aria-hidden
      className="flex shrink-0 flex-wrap items-center gap-x-3.5 gap-y-1 border-t border-border px-4 py-[9px] text-12 text-text-2 pointer-coarse:hidden"
    >
      <span className="flex items-center gap-1">
        <Kbd>J</Kbd> <Kbd>K</Kbd> {t("next")}
      </span>
      <span className="flex items-center gap-1">
        <Kbd>X</Kbd> {t("select")}
      </span>
      <span className="flex items-center gap-1">
        <Kbd>D</Kbd> {t("handOverShort")}
      </span>
      <span className="ml-auto flex items-center gap-1">
        <Kbd>?</Kbd> {t("keys")}
      </span>
    </p>
  );
}
