import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, type JSX } from "react";
import { PageHeading, TopBar } from "../../app/top-bar.tsx";
import { useCommands } from "../../keys/use-commands.ts";
import { useTRPC } from "../../rpc/client.ts";
import { useLiveRuns } from "../../rpc/use-live-runs.ts";
import { cx } from "../../ui/cx.ts";
import { useNow } from "../../ui/now.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { EmptyState, ErrorState } from "../../ui/states.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { TextInput } from "../../ui/text-input.tsx";
import { useWords } from "../../words/use-words.tsx";
import { groupTasks, type Task } from "./groups.ts";
import { VIEWS, type InboxSearch, type InboxView } from "./search.ts";
import { TaskCard } from "./task-card.tsx";
import { TaskList } from "./task-list.tsx";
import { words } from "./words.ts";

const route = getRouteApi("/signed-in/inbox");

const MOST = 500;
/** While changes do not arrive by themselves it is read again. Milliseconds. */
const FALLBACK = 5_000;

/** What waits for a decision: the list at the left, the task that is being decided at the right. */
export function InboxPage(): JSX.Element {
  const t = useWords(words);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const now = useNow();
  const { view = "mine", q = "" } = search;
  const { tasks, error, refetch, counts } = useTasks(view);
  const shown = useMemo(() => (tasks ?? []).filter((task) => fits(task, q)), [tasks, q]);
  const groups = useMemo(() => groupTasks(shown, now), [shown, now]);
  const order = useMemo(() => groups.flatMap((group) => group.tasks), [groups]);
  const place = order.findIndex(({ id }) => id === search.task);
  const set = (next: InboxSearch): void => void navigate({ search: next, replace: true });
  const open = (task: Task | undefined): void => {
    const { task: _, ...rest } = search;
    set(task === undefined ? rest : { ...rest, task: task.id });
  };
  const go = (step: number): void => {
    const next = order[place === -1 ? 0 : Math.max(0, Math.min(order.length - 1, place + step))];
    if (next !== undefined) open(next);
  };
  useTriage(go);
  return (
    <div className="flex min-h-0 flex-1">
      <section
        aria-label={t("list")}
        className={cx(
          "flex w-[476px] shrink-0 flex-col border-r border-border bg-surface max-xl:w-[380px] max-lg:w-full max-lg:border-r-0",
          search.task !== undefined && "max-lg:hidden",
        )}
      >
        <TopBar>
          <PageHeading title={t("title")} />
          <span className="flex-1" />
          <div className="w-44">
            <TextInput
              aria-label={t("search")}
              placeholder={t("search")}
              value={q}
              onChange={(next) => {
                const { q: _, ...rest } = search;
                set(next === "" ? rest : { ...rest, q: next });
              }}
            />
          </div>
        </TopBar>
        <Tabs<InboxView>
          label={t("views")}
          value={view}
          onChange={(next) => set(next === "mine" ? {} : { view: next })}
          tabs={VIEWS.map((id) => ({ id, label: t(id), badge: counts[id] }))}
        />
        <div className="min-h-0 flex-1 overflow-y-auto">
          <ListBody
            tasks={tasks}
            shown={shown}
            error={error}
            onRetry={() => void refetch()}
            view={view}
            list={<TaskList groups={groups} selected={search.task} now={now} onOpen={open} />}
          />
        </div>
      </section>
      <div className={cx("flex min-w-0 flex-1 flex-col bg-surface", search.task === undefined && "max-lg:hidden")}>
        {search.task === undefined ? (
          <EmptyState title={t("choose")} text={t("chooseText")} />
        ) : (
          <TaskCard
            key={search.task}
            id={search.task}
            place={place === -1 ? undefined : t("place", { n: place + 1, total: order.length })}
            onBack={() => open(undefined)}
            onDone={() => go(1)}
          />
        )}
      </div>
    </div>
  );
}

/** From one task to the next without the mouse. */
function useTriage(go: (step: number) => void): void {
  const t = useWords(words);
  useCommands([
    { id: "inbox.next", label: t("nextTask"), keys: "J", group: t("title"), run: () => go(1) },
    { id: "inbox.previous", label: t("previousTask"), keys: "K", group: t("title"), run: () => go(-1) },
  ]);
}

interface ListBodyProps {
  readonly tasks: readonly Task[] | undefined;
  readonly shown: readonly Task[];
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly view: InboxView;
  readonly list: JSX.Element;
}

function ListBody({ tasks, shown, error, onRetry, view, list }: ListBodyProps): JSX.Element {
  const t = useWords(words);
  if (tasks === undefined && error !== null) return <ErrorState title={t("failed")} error={error} retry={onRetry} />;
  if (tasks === undefined) {
    return (
      <div className="hf-late flex flex-col gap-4 p-4">
        <Skeleton className="h-10 w-full" />
        <Skeleton className="h-10 w-full" />
        <Skeleton className="h-10 w-full" />
      </div>
    );
  }
  if (shown.length > 0) return list;
  if (tasks.length > 0) return <EmptyState title={t("noMatch")} />;
  if (view === "decided") return <EmptyState title={t("noneDecided")} />;
  return <EmptyState title={t("nothing")} text={t("nothingText")} />;
}

function fits(task: Task, q: string): boolean {
  if (q.trim() === "") return true;
  const text = [task.title, task.requester ?? "", JSON.stringify(task.context), JSON.stringify(task.prefill)].join(" ");
  return text.toLowerCase().includes(q.trim().toLowerCase());
}

function useTasks(view: InboxView): {
  readonly tasks: readonly Task[] | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
  readonly counts: Readonly<Partial<Record<InboxView, number>>>;
} {
  const trpc = useTRPC();
  const again = { placeholderData: <T,>(before: T): T => before };
  const open = useQuery(trpc.tasks.list.queryOptions({ status: "open", limit: MOST }, again));
  const decided = useQuery({
    ...trpc.tasks.list.queryOptions({ status: "decided", limit: 100 }, again),
    enabled: view === "decided",
  });
  // The open task's card is read again with the list.
  useLiveRuns(trpc.tasks.pathFilter(), { fallback: FALLBACK });
  const all = open.data?.items;
  const mine = all?.filter(({ may }) => may);
  const used = view === "decided" ? decided : open;
  const tasks = { mine, all, decided: decided.data?.items }[view];
  return {
    tasks,
    error: used.error,
    refetch: used.refetch,
    counts: { ...(mine === undefined ? {} : { mine: mine.length }), ...(all === undefined ? {} : { all: all.length }) },
  };
}
