import { useMutation } from "@tanstack/react-query";
import type { JSX } from "react";
import { useSession } from "../../app/session.ts";
import { Button } from "../../ui/button.tsx";
import { useNow } from "../../ui/now.ts";
import { dateText, relativeText } from "../../ui/time.ts";
import { useWords } from "../../words/use-words.tsx";
import { answerOf, type T } from "./answers.ts";
import type { Task } from "./groups.ts";
import { useTaskAct } from "./use-task-act.ts";
import { whoText } from "./who-text.ts";
import { words } from "./words.ts";

/** In place of the buttons: why this person can't decide here, and what they can do instead. */
export function Refusal({ task }: { readonly task: Task }): JSX.Element {
  const t = useWords(words);
  const now = useNow();
  const me = useSession().person.id;
  const back = useTakeBackVote();
  const end = useEndDelegation();
  const voted = task.status === "open" && task.votes.some(({ by }) => by.id === me);
  const gave = task.status === "open" && task.delegations.some(({ from }) => from.id === me);
  return (
    <div className="flex flex-wrap items-center gap-3 px-5 py-4 max-sm:px-3">
      <p className="min-w-0 flex-1 text-14 text-text-2">{refusalOf(task, { me, now, t })}</p>
      {voted && (
        <Button disabled={back.isPending} onClick={() => back.mutate({ id: task.id })}>
          {t("takeVoteBack")}
        </Button>
      )}
      {gave && !voted && (
        <Button disabled={end.isPending} onClick={() => end.mutate({ task: task.id })}>
          {t("endDelegation")}
        </Button>
      )}
    </div>
  );
}

interface Reader {
  readonly me: string;
  readonly now: Date;
  readonly t: T;
}

/** One sentence for every reason. */
export function refusalOf(task: Task, { me, now, t }: Reader): string {
  if (task.status !== "open") return endOf(task, now, t);
  const given = task.delegations.find(({ from, kind }) => from.id === me && kind === "handOver");
  switch (task.mayNot?.code) {
    case "requester_may_not_decide":
      return t("ownRequest");
    case "earlier_decider_may_not_decide":
      return t("earlierDecider");
    case "not_assigned":
      return t("notAssigned", { who: whoText(task.assignTo, t) });
    case "handed_over":
      return t("youHandedOver", { name: given?.to.name ?? t("somebody") });
    case "claimed":
      return t("claimedBy", {
        name: task.claimedBy?.name ?? t("somebody"),
        since: dateText(new Date(task.claimedBy?.since ?? task.openedAt), now, t.language),
      });
    case "already_voted":
      return votedText(task, me, t);
    default:
      return task.mayNot?.message ?? "";
  }
}

function votedText(task: Task, me: string, t: T): string {
  const vote = task.votes.find(({ by }) => by.id === me);
  if (vote === undefined) return t("voiceCounted");
  const left = (task.needs[vote.outcome] ?? 1) - task.votes.filter(({ outcome }) => outcome === vote.outcome).length;
  return t("youVoted", { answer: answerOf(vote.outcome, t, task.outcomeTitles).label, left: Math.max(0, left) });
}

function endOf(task: Task, now: Date, t: T): string {
  const when = relativeText(new Date(task.closedAt ?? task.openedAt), now, t.language);
  if (task.decision !== null) {
    const { outcome, via, decidedAt } = task.decision;
    const name = task.decidedBy ?? t("somebody");
    const whom = task.votes.find(({ at }) => at === decidedAt)?.onBehalfOf?.name;
    return t("decidedBy", {
      name: whom === undefined ? name : t("actingFor", { name, whom }),
      answer: answerOf(outcome, t, task.outcomeTitles).label,
      when: relativeText(new Date(decidedAt), now, t.language),
      door: via,
    });
  }
  return t(task.status === "expired" ? "expired" : "canceled", { when });
}

function useTakeBackVote() {
  const { trpc, options } = useTaskAct();
  return useMutation(trpc.tasks.takeBack.mutationOptions(options));
}

function useEndDelegation() {
  const { trpc, options } = useTaskAct();
  return useMutation(trpc.tasks.endDelegation.mutationOptions(options));
}
