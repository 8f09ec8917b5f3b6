import type { FlowDocument, NodeManifest } from "@holdfast/dsl";
import { useRef, useState, type JSX, type ReactNode } from "react";
import { useSession } from "../../app/session.ts";
import { useWords } from "../../words/use-words.tsx";
import { answersOf } from "./answers.ts";
import { begunBy } from "./begun.ts";
import { Answers } from "./decision-answers.tsx";
import { DecisionForm } from "./decision-form.tsx";
import { Difference, differenceOf } from "./difference.tsx";
import { Given } from "./given.tsx";
import type { Task } from "./groups.ts";
import { Refusal } from "./refusal.tsx";
import { Refused } from "./refused.tsx";
import { isAbout, type SentDecisions } from "./sent.ts";
import { SentBar } from "./sent-bar.tsx";
import { Talk } from "./talk.tsx";
import { Unsent } from "./unsent.tsx";
import { useDrop } from "./use-drop.ts";
import { focusOn, useAnswerKeys } from "./use-answer-keys.ts";
import { useDecision } from "./use-decision.ts";
import { Votes } from "./votes.tsx";
import { words } from "./words.ts";

export interface DecisionProps {
  readonly task: Task;
  readonly flow: FlowDocument | undefined;
  readonly manifests: readonly NodeManifest[];
  readonly sent: SentDecisions;
  readonly onNext: () => void;
  /** What stands above: the question and the facts. */
  readonly children: ReactNode;
}

export function Decision({ task, flow, manifests, sent, onNext, children }: DecisionProps): JSX.Element {
  const t = useWords(words);
  const me = useSession().person.id;
  const begun = begunBy(me);
  const card = useRef<HTMLDivElement>(null);
  const state = useDecision(task, begun, sent);
  const files = useDrop(task);
  const about = isAbout(sent.sent, task.id);
  const decidable = task.status === "open" && task.may && !about;
  const answers = answersOf(task, t);
  const changes = differenceOf(task.prefill, state.values);
  const [ready, setReady] = useState<string>();
  const answer = (port: string): void => {
    setReady(undefined);
    if (!state.answer(port)) focusOn(card, "[data-form] [aria-invalid=true], [data-wrong], [aria-invalid=true]");
  };
  useAnswerKeys({ task, answers, decidable, card, changed: changes.length, state, onReady: setReady });
  const forget = (takenBack: boolean): void => {
    sent.forget();
    if (takenBack) focusOn(card, "h2");
    else onNext();
  };
  return (
    <div ref={card} className="relative flex min-h-0 flex-1 flex-col" {...files.handlers}>
      {files.over && (
        <p className="pointer-events-none absolute inset-1.5 z-10 flex items-center justify-center rounded-md outline-2 outline-accent">
          <span className="rounded-md border border-border-strong bg-surface px-3 py-2 font-medium">
            {t("dropHere")}
          </span>
        </p>
      )}
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-[708px] px-5 pt-5 pb-6 max-sm:px-4 max-sm:pt-3.5">
          {children}
          <Votes task={task} />
          <Given task={task} />
          {decidable && <DecisionForm task={task} state={state} />}
          {decidable && <Difference form={task.form} changes={changes} />}
          {!decidable && !about && !hasAnswered(task, me) && <Unsent task={task} state={state} />}
          {state.error !== null && <Refused error={state.error} />}
          <Talk task={task} files={files} begun={begun} />
        </div>
      </div>
      <div className="shrink-0 border-t border-border-strong bg-surface">
        {sent.sent !== undefined && !about && (
          <div className="border-b border-border bg-surface-sunken">
            <SentBar sent={sent.sent} slim onForget={sent.forget} />
          </div>
        )}
        {about && sent.sent !== undefined && <SentBar sent={sent.sent} onForget={forget} onNext={onNext} />}
        {!about && !decidable && <Refusal task={task} />}
        {decidable && (
          <Answers
            {...{ task, flow, manifests, answers, ready }}
            busy={state.busy}
            changed={changes.length > 0}
            onAnswer={answer}
          />
        )}
      </div>
    </div>
  );
}

const hasAnswered = ({ votes }: Task, person: string): boolean => votes.some(({ by }) => by.id === person);
