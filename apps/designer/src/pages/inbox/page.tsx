import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState, type JSX } from "react";
import { announce } from "../../keys/announce.ts";
import { cx } from "../../ui/cx.ts";
import { EmptyState } from "../../ui/states.tsx";
import { useWords } from "../../words/use-words.tsx";
import { BulkCard } from "./bulk-card.tsx";
import { useChosen } from "./chosen.ts";
import { ChosenBar } from "./chosen-bar.tsx";
import { FilterChips } from "./filter-chips.tsx";
import type { InboxTask } from "./groups.ts";
import { KeysLine, ListBody } from "./list-body.tsx";
import { ListHead } from "./list-head.tsx";
import { type InboxSearch, without } from "./search.ts";
import { SentBar } from "./sent-bar.tsx";
import { useSent } from "./sent.ts";
import { TaskCard } from "./task-card.tsx";
import { useInbox, useReadAhead } from "./use-inbox.ts";
import { useTriage } from "./use-triage.ts";
import { ViewTabs } from "./view-tabs.tsx";
import { words } from "./words.ts";

const route = getRouteApi("/signed-in/inbox");

/** What waits for a decision: the list at the left, what is being decided at the right. */
export function InboxPage(): JSX.Element {
  const t = useWords(words);
  const search = route.useSearch();
  const { onSearch, open, back } = useAddress(search);
  const inbox = useInbox(search);
  const { order } = inbox;
  const place = order.findIndex(({ id }) => id === search.task);
  useReadAhead(order, place);
  const chosen = useChosen(order);
  const sent = useSent();
  const came = useRef(search.task);
  const follow = useFollowing(order, search.task);
  const [together, setTogether] = useState(false);
  const look = useCallback(
    (task: InboxTask) => {
      setTogether(false);
      open(task);
    },
    [open],
  );
  const go = (step: number): void => {
    const next = follow(step);
    if (next === undefined) announce(t("noNext"));
    else look(next);
  };
  const decideTogether = (): void => setTogether(chosen.tasks.length > 0);
  useTriage({ go, chosen, task: order[place], onTogether: decideTogether });
  const detail = together || search.task !== undefined;
  return (
    <div className="flex min-h-0 flex-1">
      <section
        aria-label={t("list")}
        className={cx(
          "flex w-[476px] shrink-0 flex-col border-r border-border bg-surface max-xl:w-[420px] max-lg:w-full max-lg:border-r-0",
          detail && "max-lg:hidden",
        )}
      >
        <ListHead
          search={search}
          onSearch={onSearch}
          tasks={order}
          choosing={chosen.choosing}
          onChoosing={(next) => (next ? chosen.setChoosing(true) : chosen.clear())}
        />
        <ViewTabs search={search} onSearch={onSearch} />
        <FilterChips search={search} onSearch={onSearch} />
        <ListBody inbox={inbox} search={search} chosen={chosen} onSearch={onSearch} onOpen={look} />
        {sent.sent !== undefined && !detail && (
          <div className="border-t border-border bg-surface-sunken">
            <SentBar sent={sent.sent} slim onForget={sent.forget} />
          </div>
        )}
        {chosen.choosing ? <ChosenBar chosen={chosen} task={order[place]} onTogether={decideTogether} /> : <KeysLine />}
      </section>
      <div className={cx("flex min-w-0 flex-1 flex-col bg-surface", !detail && "max-lg:hidden")}>
        {together && <BulkCard chosen={chosen} sent={sent} onBack={() => setTogether(false)} onOpen={look} />}
        {!together && search.task === undefined && order.length > 0 && (
          <EmptyState title={t("choose")} text={t("chooseText")} />
        )}
        {!together && search.task !== undefined && (
          <TaskCard
            key={search.task}
            id={search.task}
            place={place === -1 ? undefined : t("place", { n: place + 1, total: order.length })}
            focus={came.current !== search.task}
            sent={sent}
            onBack={back}
            onNext={() => go(1)}
          />
        )}
      </div>
    </div>
  );
}

/** The address holds the list and what is open in it. */
function useAddress(search: InboxSearch) {
  const navigate = route.useNavigate();
  const latest = useRef(search);
  useEffect(() => {
    latest.current = search;
  });
  const onSearch = useCallback((next: InboxSearch) => void navigate({ search: next, replace: true }), [navigate]);
  const open = useCallback(({ id }: Pick<InboxTask, "id">) => onSearch({ ...latest.current, task: id }), [onSearch]);
  const back = useCallback(() => {
    const { task } = latest.current;
    onSearch(without(latest.current, "task"));
    // The list is there again: to where one was.
    requestAnimationFrame(() => {
      const row = task === undefined ? null : document.querySelector<HTMLElement>(`[data-row="${CSS.escape(task)}"]`);
      (row ?? document.querySelector<HTMLElement>("h1"))?.focus();
    });
  }, [onSearch]);
  return { onSearch, open, back };
}

/** What comes after or before the open task; where it has gone from the list, what stood beside it. */
function useFollowing(order: readonly InboxTask[], task: string | undefined): (step: number) => InboxTask | undefined {
  const place = order.findIndex(({ id }) => id === task);
  const last = useRef(place);
  useEffect(() => {
    if (place !== -1) last.current = place;
  }, [place]);
  return (step) => {
    if (task === undefined) return order[0];
    if (place !== -1) return order[place + step];
    // It has left: the one that took its place is the next.
    return order[Math.min(order.length - 1, Math.max(0, last.current + (step > 0 ? step - 1 : step)))];
  };
}
