import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, type JSX } from "react";
import { usePageTitle } from "../../app/top-bar.tsx";
import { useTRPC } from "../../rpc/client.ts";
import { useNow } from "../../ui/now.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { useWords } from "../../words/use-words.tsx";
import { CardHead } from "./card-head.tsx";
import { Decision } from "./decision.tsx";
import { factsOf } from "./facts.ts";
import { Facts } from "./facts-list.tsx";
import { useFlowOfTask, type FlowOfTask } from "./flow-of-task.ts";
import type { Task } from "./groups.ts";
import { readersTask } from "./node-texts.ts";
import { Question } from "./question.tsx";
import type { SentDecisions } from "./sent.ts";
import { words } from "./words.ts";

export interface TaskCardProps {
  readonly id: string;
  /** "2 of 11" */
  readonly place: string | undefined;
  /** The focus goes to what is asked. */
  readonly focus: boolean;
  readonly sent: SentDecisions;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

/** What is asked and by when; the facts and where each comes from; what AI said; the decision; what each answer causes. */
export function TaskCard({ id, place, onBack, ...rest }: TaskCardProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.tasks.get.queryOptions({ id }));
  const task = useMemo(() => (data === undefined ? undefined : readersTask(data, t.language)), [data, t.language]);
  usePageTitle(task?.title ?? t("title"));
  return (
    <>
      <CardHead task={task} place={place} onBack={onBack} />
      {task === undefined && error !== null && (
        <ErrorState title={t("taskFailed")} error={error} retry={() => void refetch()} />
      )}
      {task === undefined && error === null && <CardSkeleton />}
      {task !== undefined && <TaskBody task={task} {...rest} />}
    </>
  );
}

function CardSkeleton(): JSX.Element {
  return (
    <div className="hf-late mx-auto flex w-full max-w-[668px] flex-col gap-4 p-6">
      <Skeleton className="h-8 w-2/3" />
      <Skeleton className="h-40 w-full" />
    </div>
  );
}

type TaskBodyProps = Pick<TaskCardProps, "focus" | "sent" | "onNext"> & { readonly task: Task };

/** Nobody is asked before they can see what each answer causes. */
function TaskBody(props: TaskBodyProps): JSX.Element {
  const { pending, ...shown } = useFlowOfTask(props.task);
  return pending ? <CardSkeleton /> : <AskedTask {...props} {...shown} />;
}

type AskedTaskProps = TaskBodyProps & Omit<FlowOfTask, "pending">;

function AskedTask({ task, flow, manifests, focus, ...rest }: AskedTaskProps): JSX.Element {
  const now = useNow();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focus) heading.current?.focus({ preventScroll: true });
  }, []);
  const { facts, ai } = factsOf(task, flow, manifests);
  return (
    <Decision task={task} flow={flow} manifests={manifests} {...rest}>
      <Question task={task} flow={flow} manifests={manifests} now={now} heading={heading} />
      <Facts facts={facts} ai={ai} offline={task.aiOffline} />
    </Decision>
  );
}
