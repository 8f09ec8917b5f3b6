import type { FlowDocument, NodeManifest } from "@holdfast/dsl";
import { useQuery } from "@tanstack/react-query";
import type { JSX, RefObject } from "react";
import { useTRPC } from "../../rpc/client.ts";
import { dateText, durationText } from "../../ui/time.ts";
import { withMoney } from "../../values/money-text.ts";
import { useWords } from "../../words/use-words.tsx";
import type { T } from "./answers.ts";
import { DueRail } from "./due-rail.tsx";
import { consequenceOf } from "./facts.ts";
import type { Task } from "./groups.ts";
import { whoText } from "./who-text.ts";
import { words } from "./words.ts";

export interface QuestionProps {
  readonly task: Task;
  readonly flow: FlowDocument | undefined;
  readonly manifests: readonly NodeManifest[];
  readonly now: Date;
  readonly heading: RefObject<HTMLHeadingElement | null>;
}

/** What is asked, by when, and what happens if nobody answers. */
export function Question({ task, flow, manifests, now, heading }: QuestionProps): JSX.Element {
  const t = useWords(words);
  const date = dateText(new Date(task.openedAt), now, t.language);
  const name = flow?.name ?? task.flow;
  const requester = useRequester(task.requester);
  return (
    <>
      <p className="text-12 text-text-2">
        {requester === null ? t("asked", { flow: name, date }) : t("askedBy", { flow: name, name: requester, date })}
        {(task.priority === "urgent" || task.priority === "high") && (
          <span className="ml-2 rounded-xs border border-border-strong px-1 text-11 font-medium text-text">
            {t(task.priority)}
          </span>
        )}
      </p>
      <h2
        ref={heading}
        tabIndex={-1}
        className="mt-0.5 mb-2.5 text-[24px] leading-8 font-semibold tracking-[-.02em] break-words outline-none max-sm:text-[22px] max-sm:leading-7"
      >
        {withMoney(task.title, t.language)}
      </h2>
      {task.status === "open" && <When task={task} flow={flow} manifests={manifests} now={now} />}
      {task.escalatedAt.length > 0 && task.status === "open" && (
        <p className="mt-1.5 text-12 text-text-2">
          {t("escalated", { time: dateText(new Date(task.escalatedAt.at(-1) ?? task.openedAt), now, t.language) })}
        </p>
      )}
      {task.missingCalendars.length > 0 && (
        <p className="mt-1.5 text-12 text-waiting-text">
          {t("calendarGone", { names: task.missingCalendars.join(", ") })}
        </p>
      )}
      {task.description !== null && (
        <p className="mt-2.5 text-14 break-words whitespace-pre-wrap text-text-2">
          {withMoney(task.description, t.language)}
        </p>
      )}
    </>
  );
}

/** By name where it is somebody of the workspace. */
function useRequester(requester: string | null): string | null {
  const people = useQuery(useTRPC().people.list.queryOptions(undefined, { staleTime: 60_000 }));
  const named = requester
    ?.trim()
    .toLowerCase()
    .replace(/^person:/, "");
  const person = people.data?.find(({ id, email }) => id === named || email.toLowerCase() === named);
  return person?.name ?? requester;
}

function When({ task, flow, manifests, now }: Omit<QuestionProps, "heading">): JSX.Element | null {
  const t = useWords(words);
  const { dueAt, expiresAt } = task;
  if (dueAt === null) return null;
  const next = task.escalation.find(({ at }) => new Date(at) > now);
  const left = Date.parse(dueAt) - now.getTime();
  const until = (iso: string): string => dateText(new Date(iso), now, t.language);
  const after = afterTimeout(task, flow, manifests, t);
  return (
    <p className="flex flex-wrap items-center gap-x-3.5 gap-y-2 text-13">
      <DueRail
        task={{ ...task, remindedAt: [...task.remindedAt, ...task.escalatedAt] }}
        now={now}
        className="w-[196px] max-sm:w-full"
      />
      <span>
        <b className="font-medium tabular-nums">
          {t(left < 0 ? "late" : "left", { time: durationText(left, t.language) })}
        </b>{" "}
        <span className="text-text-2">
          {t(left < 0 ? "since" : "until", { time: until(dueAt) })}{" "}
          {expiresAt !== null && expiresAt !== dueAt && t("deadline", { time: until(expiresAt) })}{" "}
          {next !== undefined && t("alsoFrom", { time: until(next.at), who: whoText(next.assignTo, t) })} {after}
        </span>
      </span>
    </p>
  );
}

/** What happens when nobody answers in time. */
function afterTimeout(
  { node, inStep, expiresAt }: Task,
  flow: FlowDocument | undefined,
  manifests: readonly NodeManifest[],
  t: T,
): string | undefined {
  if (expiresAt === null || flow === undefined) return undefined;
  if (inStep) return t("thenOn", { step: flow.nodes[node]?.name ?? node });
  const [step] = consequenceOf(flow, manifests, node, "timeout").steps;
  return step === undefined ? undefined : t("thenTimeout", { step });
}
