import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, type JSX } from "react";
import { useCommands } from "../../keys/use-commands.ts";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { explain } from "../../ui/problem.ts";
import { done, failed } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import { answerOf } from "./answers.ts";
import type { Sent } from "./sent.ts";
import { words } from "./words.ts";

export interface SentBarProps {
  readonly sent: Sent;
  /** Beside another task, rather than in place of the buttons of this one. */
  readonly slim?: boolean | undefined;
  /** It stands no longer, or can no longer be taken back. */
  readonly onForget: (takenBack: boolean) => void;
  /** To the next task, before the time is over. */
  readonly onNext?: (() => void) | undefined;
}

/** In place of the buttons, for as long as the decision can be taken back. */
export function SentBar({ sent, slim = false, onForget, onNext }: SentBarProps): JSX.Element {
  const t = useWords(words);
  const left = useSecondsLeft(sent.until, () => onForget(false));
  const takeBack = useTakeBack(sent, () => onForget(true));
  const text = useRef<HTMLParagraphElement>(null);
  // The button that was pressed is gone: the focus goes to what became of it, not to what would undo it.
  useEffect(() => {
    const inDialog = document.activeElement?.closest("[role=dialog]") ?? null;
    if (!slim && inDialog === null) text.current?.focus({ preventScroll: true });
  }, [slim]);
  useCommands([
    {
      id: "inbox.takeBack",
      label: t("takeBackCommand"),
      keys: ["U", "Z"],
      group: t("title"),
      run: takeBack.act,
    },
  ]);
  const answer = answerOf(sent.port, t, sent.titles);
  const Icon = answer.icon;
  return (
    <div className={cx("flex flex-wrap items-center gap-x-3 gap-y-2 px-5 text-14 max-sm:px-3", slim ? "py-2" : "py-4")}>
      <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
      <p ref={text} tabIndex={-1} className="min-w-0 flex-1 outline-none">
        <b className="font-medium">{sentText(sent, t)}</b>
        {slim && sent.tasks.length === 1 && <span className="text-text-2"> {sent.tasks[0]?.title}</span>}
      </p>
      {left > 0 && (
        <Button
          size={slim ? "md" : "lg"}
          kbd="U"
          disabled={takeBack.busy}
          onClick={takeBack.act}
          className="tabular-nums"
        >
          {t("takeBack", { n: left })}
        </Button>
      )}
      {onNext !== undefined && (
        <Button size="lg" kbd="J" onClick={onNext}>
          {t("nextTask")}
        </Button>
      )}
    </div>
  );
}

function sentText(sent: Sent, t: ReturnType<typeof useWords<keyof (typeof words)["en"]>>): string {
  const { given, label } = answerOf(sent.port, t, sent.titles);
  if (!sent.decided) return t("voted", { answer: label });
  return sent.tasks.length === 1
    ? t("sentTitle", { answer: given })
    : t("sentMany", { answer: given, n: sent.tasks.length });
}

function useSecondsLeft(until: number, onOver: () => void): number {
  const [left, setLeft] = useState(() => seconds(until));
  useEffect(() => {
    setLeft(seconds(until));
    const timer = setInterval(() => setLeft(seconds(until)), 250);
    return () => clearInterval(timer);
  }, [until]);
  const over = left <= 0;
  useEffect(() => {
    if (over) onOver();
    // Once, when the time is over: what comes next is not a cause to go on again.
  }, [over]);
  return left;
}

function useTakeBack(sent: Sent, onTakenBack: () => void): { readonly act: () => void; readonly busy: boolean } {
  const t = useWords(words);
  const trpc = useTRPC();
  const client = useQueryClient();
  const again = (): void => {
    void client.invalidateQueries(trpc.tasks.pathFilter());
    void client.invalidateQueries(trpc.inbox.pathFilter());
  };
  const onError = (error: unknown): void => failed(explain(error).what);
  const one = useMutation(
    trpc.tasks.takeBack.mutationOptions({
      onSuccess: () => {
        done(t("takenBack"));
        onTakenBack();
      },
      onError,
      onSettled: again,
    }),
  );
  const many = useMutation(
    trpc.tasks.takeBackMany.mutationOptions({
      onSuccess: (results) => {
        const back = results.filter((each) => each.done).length;
        if (back > 0) done(t("takenBackMany", { n: back }));
        if (back < results.length) failed(t("notTakenBack", { n: results.length - back }));
        onTakenBack();
      },
      onError,
      onSettled: again,
    }),
  );
  const [first] = sent.tasks;
  const act = (): void => {
    if (sent.tasks.length > 1) many.mutate({ tasks: sent.tasks.map(({ id }) => id) });
    else if (first !== undefined) one.mutate({ id: first.id });
  };
  return { act, busy: one.isPending || many.isPending };
}

const seconds = (until: number): number => Math.max(0, Math.ceil((until - Date.now()) / 1_000));
