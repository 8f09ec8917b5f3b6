import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronLeft, Workflow } from "lucide-react";
import { useMemo, type JSX } from "react";
import { usePageTitle } from "../../app/top-bar.tsx";
import { useTRPC } from "../../rpc/client.ts";
import { buttonClass } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { useNow } from "../../ui/now.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { dateText, durationText } from "../../ui/time.ts";
import { useWords } from "../../words/use-words.tsx";
import { readDocument } from "../run/document.ts";
import { Decision } from "./decision.tsx";
import { DueRail } from "./due-rail.tsx";
import { factsOf } from "./facts.ts";
import { Facts } from "./facts-list.tsx";
import type { Task } from "./groups.ts";
import { words } from "./words.ts";

export interface TaskCardProps {
  readonly id: string;
  /** "2 of 11" */
  readonly place: string | undefined;
  readonly onBack: () => void;
  /** It was decided: the next one may come. */
  readonly onDone: () => void;
}

/** What is asked and by when; the facts and where each comes from; what AI said; the decision; what each answer causes. */
export function TaskCard({ id, place, onBack, onDone }: TaskCardProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const { data: task, error, refetch } = useQuery(trpc.tasks.get.queryOptions({ id }));
  usePageTitle(task?.title ?? t("title"));
  return (
    <>
      <header className="flex min-h-12 shrink-0 items-center gap-2 border-b border-border py-1 pr-3.5 pl-5 max-lg:pl-2">
        <IconButton icon={ChevronLeft} label={t("back")} onClick={onBack} className="lg:hidden" />
        <span className="flex-1 text-12 text-text-2 tabular-nums">{place}</span>
        {task !== undefined && (
          <Link
            to="/runs/$run"
            params={{ run: task.runId }}
            search={{ node: task.node }}
            className={buttonClass("ghost", "sm")}
          >
            <Workflow aria-hidden className="size-3.5" strokeWidth={1.75} />
            {t("showFlow")}
          </Link>
        )}
      </header>
      {task === undefined && error !== null && (
        <ErrorState title={t("taskFailed")} error={error} retry={() => void refetch()} />
      )}
      {task === undefined && error === null && (
        <div className="hf-late mx-auto flex w-full max-w-[668px] flex-col gap-4 p-6">
          <Skeleton className="h-8 w-2/3" />
          <Skeleton className="h-40 w-full" />
        </div>
      )}
      {task !== undefined && <TaskBody task={task} onDone={onDone} />}
    </>
  );
}

function TaskBody({ task, onDone }: { readonly task: Task; readonly onDone: () => void }): JSX.Element {
  const trpc = useTRPC();
  const now = useNow();
  const run = useQuery(trpc.runs.get.queryOptions({ id: task.runId }, { staleTime: 60_000 }));
  const flow = useMemo(() => (run.data === undefined ? undefined : readDocument(run.data.document)), [run.data]);
  const manifests = run.data?.manifests ?? [];
  const { facts, ai } = factsOf(task, flow, manifests);
  return (
    <Decision task={task} flow={flow} manifests={manifests} onDone={onDone}>
      <Question task={task} flowName={run.data?.run.flowName ?? task.flow} now={now} />
      <Facts facts={facts} ai={ai} offline={task.aiOffline} />
    </Decision>
  );
}

function Question({
  task,
  flowName,
  now,
}: {
  readonly task: Task;
  readonly flowName: string;
  readonly now: Date;
}): JSX.Element {
  const t = useWords(words);
  const date = dateText(new Date(task.openedAt), now, t.language);
  const left = task.dueAt === null ? undefined : Date.parse(task.dueAt) - now.getTime();
  return (
    <>
      <p className="text-12 text-text-2">
        {task.requester === null
          ? t("asked", { flow: flowName, date })
          : t("askedBy", { flow: flowName, name: task.requester, date })}
      </p>
      <h2 className="mt-0.5 mb-2.5 text-[24px] leading-8 font-semibold tracking-[-.02em] break-words">{task.title}</h2>
      {left !== undefined && task.dueAt !== null && task.status === "open" && (
        <p className="flex flex-wrap items-center gap-x-3.5 gap-y-2 text-13">
          <DueRail task={task} now={now} className="w-[196px] max-sm:w-full" />
          <span>
            <b className="font-medium tabular-nums">
              {t(left < 0 ? "late" : "left", { time: durationText(left, t.language) })}
            </b>{" "}
            <span className="text-text-2">{t("until", { time: dateText(new Date(task.dueAt), now, t.language) })}</span>
          </span>
        </p>
      )}
      {task.description !== null && <p className="mt-2.5 text-14 text-text-2">{task.description}</p>}
    </>
  );
}
