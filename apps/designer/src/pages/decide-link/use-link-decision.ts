import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { announce } from "../../keys/announce.ts";
import { useTRPC } from "../../rpc/client.ts";
import { codeOf, explain } from "../../ui/problem.ts";
import { done, failed } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import { answerOf, type Titles } from "../inbox/answers.ts";
import type { Begun } from "../inbox/begun.ts";
import type { Task } from "../inbox/groups.ts";
import { GRACE } from "../inbox/sent.ts";
import { type DecisionState, useFilling } from "../inbox/use-decision.ts";
import { words as inboxWords } from "../inbox/words.ts";
import { words } from "./words.ts";

export interface GivenByLink {
  readonly port: string;
  readonly titles: Titles;
  readonly decided: boolean;
  /** In which it can be taken back. */
  readonly secondsLeft: number;
}

export interface LinkDecision {
  readonly state: DecisionState;
  readonly given: GivenByLink | undefined;
  readonly takeBack: () => void;
}

/** Filling in and answering by the link. */
export function useLinkDecision(task: Task, token: string): LinkDecision {
  const t = useWords(words);
  const ti = useWords(inboxWords);
  const trpc = useTRPC();
  const client = useQueryClient();
  const begun = useRef<Begun>(new Map());
  const [given, setGiven] = useState<{ readonly port: string; readonly decided: boolean; readonly until: number }>();
  const again = (): void => void client.invalidateQueries(trpc.links.pathFilter());
  const decide = useMutation(
    trpc.links.decide.mutationOptions({
      onSuccess: ({ decided }, { outcome }) => {
        setGiven({ port: outcome, decided, until: Date.now() + GRACE * 1_000 });
        announce(t("sent", { answer: answerOf(outcome, ti, task.outcomeTitles).given }));
      },
      onError: again,
    }),
  );
  const back = useMutation(
    trpc.links.takeBack.mutationOptions({
      onSuccess: () => {
        setGiven(undefined);
        done(t("takenBack"));
        again();
      },
      onError: (error) => failed(explain(error).what),
    }),
  );
  const state = useFilling(task, begun.current, {
    send: (answer, onReasonMissing) =>
      decide.mutate(
        { token, ...answer },
        { onError: (error) => codeOf(error) === "reason_required" && onReasonMissing() },
      ),
    error: decide.error,
    busy: decide.isPending,
  });
  const secondsLeft = useSecondsLeft(given?.until);
  return {
    state,
    given: given === undefined ? undefined : { ...given, titles: task.outcomeTitles, secondsLeft },
    takeBack: () => back.mutate({ token }),
  };
}

function useSecondsLeft(until: number | undefined): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (until === undefined) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [until]);
  return until === undefined ? 0 : Math.max(0, Math.ceil((until - now) / 1_000));
}
