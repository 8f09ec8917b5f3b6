import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, type JSX } from "react";
import { useCommands } from "../../keys/use-commands.ts";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { explain } from "../../ui/problem.ts";
import { done, failed } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import type { Answer } from "./answers.ts";
import { words } from "./words.ts";

export interface TakeBackProps {
  readonly task: string;
  readonly answer: Answer;
  /** Milliseconds since the epoch, by this device's clock. */
  readonly until: number;
  readonly onTakenBack: () => void;
  readonly onDone: () => void;
}

/** In place of the buttons, for as long as the decision can be taken back; then the next task comes. */
export function TakeBack({ task, answer, until, onTakenBack, onDone }: TakeBackProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const client = useQueryClient();
  const [left, setLeft] = useState(() => seconds(until));
  useEffect(() => {
    const timer = setInterval(() => setLeft(seconds(until)), 250);
    return () => clearInterval(timer);
  }, [until]);
  const over = left <= 0;
  useEffect(() => {
    if (over) onDone();
    // Once, when the time is over: what comes next is not a cause to go on again.
  }, [over]);
  const takeBack = useMutation(
    trpc.tasks.takeBack.mutationOptions({
      onSuccess: () => {
        done(t("takenBack"));
        void client.invalidateQueries(trpc.tasks.pathFilter());
        onTakenBack();
      },
      onError: (error) => failed(explain(error).what),
    }),
  );
  const act = (): void => takeBack.mutate({ id: task });
  useCommands([{ id: "inbox.takeBack", label: t("takeBack", { n: left }), keys: "U", group: t("title"), run: act }]);
  const Icon = answer.icon;
  return (
    <div className="flex flex-wrap items-center gap-3 px-5 py-4 text-14">
      <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
      <b className="flex-1 font-medium">{t("sentTitle", { answer: answer.given })}</b>
      {!over && (
        <Button size="lg" kbd="U" disabled={takeBack.isPending} onClick={act}>
          {t("takeBack", { n: left })}
        </Button>
      )}
    </div>
  );
}

const seconds = (until: number): number => Math.max(0, Math.ceil((until - Date.now()) / 1_000));
