import type { FlowDocument, NodeManifest } from "@holdfast/dsl";
import type { JSX } from "react";
import { cx } from "../../ui/cx.ts";
import { useWords } from "../../words/use-words.tsx";
import { AnswerButton } from "./answer-button.tsx";
import type { Answer } from "./answers.ts";
import type { Task } from "./groups.ts";
import { words } from "./words.ts";

export interface AnswersProps {
  readonly task: Task;
  readonly flow: FlowDocument | undefined;
  readonly manifests: readonly NodeManifest[];
  readonly answers: readonly Answer[];
  /** The answer that a key has chosen. */
  readonly ready: string | undefined;
  readonly busy: boolean;
  readonly changed: boolean;
  readonly onAnswer: (port: string) => void;
}

/** What each answer causes, above buttons that weigh the same. */
export function Answers({ task, flow, manifests, answers, ready, busy, changed, onAnswer }: AnswersProps): JSX.Element {
  const t = useWords(words);
  const chosen = answers.find(({ port }) => port === ready);
  return (
    <>
      {chosen !== undefined && (
        <p className="border-b border-border bg-accent-soft px-5 py-2 text-13">
          {t(changed ? "readyChanged" : "ready", { answer: chosen.label })}
        </p>
      )}
      <div
        className={cx(
          "grid divide-border",
          answers.length > 3 ? "grid-cols-2" : "auto-cols-fr grid-flow-col grid-rows-[auto_auto] divide-x",
          // On a phone more than two stand below each other, and leave the question half of it.
          answers.length > 2 &&
            "max-sm:max-h-[45dvh] max-sm:grid-flow-row max-sm:grid-cols-1 max-sm:grid-rows-none max-sm:divide-x-0 max-sm:overflow-y-auto",
        )}
      >
        {answers.map((each) => {
          const given = task.votes.filter(({ outcome }) => outcome === each.port).length;
          return (
            <AnswerButton
              key={each.port}
              answer={each}
              inRow={answers.length > 2}
              flow={flow}
              manifests={manifests}
              node={task.node}
              inStep={task.inStep}
              busy={busy}
              asks={task.reasonFor.includes(each.port)}
              more={(task.needs[each.port] ?? 1) - given - 1}
              onAnswer={onAnswer}
            />
          );
        })}
      </div>
    </>
  );
}
