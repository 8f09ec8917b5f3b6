import type { FlowDocument, NodeManifest } from "@holdfast/dsl";
import { useMemo, useRef, type JSX } from "react";
import { usePageTitle } from "../../app/top-bar.tsx";
import { useNow } from "../../ui/now.ts";
import { useWords } from "../../words/use-words.tsx";
import { answersOf } from "../inbox/answers.ts";
import { Answers } from "../inbox/decision-answers.tsx";
import { DecisionForm } from "../inbox/decision-form.tsx";
import { Difference, differenceOf } from "../inbox/difference.tsx";
import { factsOf } from "../inbox/facts.ts";
import { Facts } from "../inbox/facts-list.tsx";
import { useFlowOfTask } from "../inbox/flow-of-task.ts";
import { readersTask } from "../inbox/node-texts.ts";
import { Question } from "../inbox/question.tsx";
import { Refused } from "../inbox/refused.tsx";
import { Unsent } from "../inbox/unsent.tsx";
import { Votes } from "../inbox/votes.tsx";
import { words as inboxWords } from "../inbox/words.ts";
import { CardTop, GivenBar, type OpenLink, Why } from "./link-frame.tsx";
import { useLinkDecision } from "./use-link-decision.ts";

export interface LinkCardProps {
  readonly token: string;
  readonly view: OpenLink;
}

interface FlowShown {
  readonly flow: FlowDocument | undefined;
  readonly manifests: readonly NodeManifest[];
}

const NO_FLOW: FlowShown = { flow: undefined, manifests: [] };

/** The decision card of the inbox, for one task. Without a session the flow behind it stays unseen. */
export function LinkCard(props: LinkCardProps): JSX.Element {
  return props.view.signedIn ? <SignedInCard {...props} /> : <Card {...props} shown={NO_FLOW} />;
}

function SignedInCard(props: LinkCardProps): JSX.Element {
  const { flow, manifests } = useFlowOfTask(props.view.task);
  return <Card {...props} shown={{ flow, manifests }} />;
}

function Card({ token, view, shown }: LinkCardProps & { readonly shown: FlowShown }): JSX.Element {
  const ti = useWords(inboxWords);
  const now = useNow();
  const heading = useRef<HTMLHeadingElement>(null);
  const task = useMemo(() => readersTask(view.task, ti.language), [view.task, ti.language]);
  usePageTitle(task.title);
  const { state, given, takeBack } = useLinkDecision(task, token);
  const { facts, ai } = factsOf(task, shown.flow, shown.manifests);
  const changes = differenceOf(task.prefill, state.values);
  const hasAnswered = task.votes.some(({ by }) => by.id === view.person);
  const decidable = task.status === "open" && task.may && !view.expired && view.usedAt === null && given === undefined;
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <CardTop view={view} />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-[708px] px-5 pt-5 pb-6 max-sm:px-4 max-sm:pt-3.5">
          <Question task={task} {...shown} now={now} heading={heading} />
          <Facts facts={facts} ai={ai} offline={task.aiOffline} />
          <Votes task={task} />
          {decidable && <DecisionForm task={task} state={state} />}
          {decidable && <Difference form={task.form} changes={changes} />}
          {!decidable && given === undefined && !hasAnswered && <Unsent task={task} state={state} />}
          {state.error !== null && <Refused error={state.error} />}
        </div>
      </main>
      <div className="shrink-0 border-t border-border-strong bg-surface">
        {given !== undefined && <GivenBar given={given} onTakeBack={takeBack} />}
        {given === undefined && !decidable && <Why view={view} />}
        {decidable && (
          <Answers
            {...{ task, ...shown, answers: answersOf(task, ti).map(({ key: _, ...answer }) => answer) }}
            ready={undefined}
            busy={state.busy}
            changed={changes.length > 0}
            onAnswer={state.answer}
          />
        )}
      </div>
    </div>
  );
}
