import type { FlowDocument, NodeManifest } from "@holdfast/dsl";
import type { JSX, ReactNode } from "react";
import { cx } from "../../ui/cx.ts";
import { Kbd } from "../../ui/kbd.tsx";
import { useWords } from "../../words/use-words.tsx";
import type { Answer } from "./answers.ts";
import { consequenceOf } from "./facts.ts";
import { words } from "./words.ts";

export interface AnswerButtonProps {
  readonly answer: Answer;
  readonly flow: FlowDocument | undefined;
  readonly manifests: readonly NodeManifest[];
  readonly node: string;
  /** The step asks in its middle: no port leads on from an answer. */
  readonly inStep: boolean;
  readonly busy: boolean;
  /** It asks for something before it is sent: a reason. */
  readonly asks?: boolean | undefined;
  /** So many more people have to give it after this one; absent or 0: it decides. */
  readonly more?: number | undefined;
  /** On a phone the button stands beside what it causes: there are more than two. */
  readonly inRow?: boolean | undefined;
  /** How many it is given to at once. */
  readonly count?: number | undefined;
  readonly onAnswer: (port: string) => void;
}

/** An answer, and above it what it will cause. All answers weigh the same. */
export function AnswerButton(props: AnswerButtonProps): JSX.Element {
  const { answer, flow, manifests, node, inStep, busy, asks = false, more = 0, inRow = false, count, onAnswer } = props;
  const t = useWords(words);
  const Icon = answer.icon;
  const label = asks ? t("asks", { answer: answer.label }) : answer.label;
  return (
    <div
      className={cx(
        "row-span-2 grid min-w-0 grid-rows-subgrid gap-2.5 px-5 pt-3.5 pb-4 max-sm:px-3 max-sm:pt-2.5",
        inRow && "max-sm:row-span-1 max-sm:grid-cols-2 max-sm:items-center max-sm:py-1.5",
      )}
    >
      <p className={cx("text-13 text-text-2 max-sm:leading-[18px]", inRow && "max-sm:order-last")}>
        {more > 0
          ? t("countsOnly", { n: more })
          : flow !== undefined && <Consequence {...{ flow, manifests, node, inStep }} port={answer.port} />}
      </p>
      <button
        type="button"
        data-answer={answer.port}
        disabled={busy}
        aria-keyshortcuts={answer.key}
        onClick={() => onAnswer(answer.port)}
        className="flex min-h-10 w-full items-center justify-center gap-2 rounded-[6px] bg-text px-2 py-1 text-14 font-semibold break-words text-surface disabled:opacity-60 max-sm:min-h-[52px] max-sm:rounded-[10px] max-sm:text-16"
      >
        <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
        {count === undefined ? label : t("answerMany", { answer: label, n: count })}
        {answer.key !== undefined && (
          <span className="max-sm:hidden">
            <Kbd onAccent>{answer.key}</Kbd>
          </span>
        )}
      </button>
    </div>
  );
}

interface ConsequenceProps {
  readonly flow: FlowDocument;
  readonly manifests: readonly NodeManifest[];
  readonly node: string;
  readonly inStep: boolean;
  readonly port: string;
}

function Consequence({ flow, manifests, node, inStep, port }: ConsequenceProps): JSX.Element {
  const t = useWords(words);
  const bold = (parts: ReactNode[]): ReactNode => <b className="font-medium text-text">{parts}</b>;
  if (inStep) return <>{t.rich("goesOn", { step: flow.nodes[node]?.name ?? node, b: bold })}</>;
  const { steps, ends } = consequenceOf(flow, manifests, node, port);
  const [first, ...others] = steps;
  if (first === undefined) return <>{t.rich("endsNow", { b: bold })}</>;
  const rest =
    others.length === 0
      ? ""
      : t("thenRest", { steps: new Intl.ListFormat(t.language, { type: "unit" }).format(others) });
  return <>{t.rich("then", { first, rest, ends: String(ends), b: bold })}</>;
}
