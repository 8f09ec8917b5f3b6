import { ChevronLeft, TriangleAlert } from "lucide-react";
import { useEffect, useRef, useState, type JSX } from "react";
import { announce } from "../../keys/announce.ts";
import { useCommands } from "../../keys/use-commands.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { explain } from "../../ui/problem.ts";
import { useWords } from "../../words/use-words.tsx";
import { AnswerButton } from "./answer-button.tsx";
import { answersOf, type T } from "./answers.ts";
import { readable } from "../../values/readable.ts";
import { BulkRow } from "./bulk-row.tsx";
import { areAlike, type Chosen, sums } from "./chosen.ts";
import { useFlowOfTask } from "./flow-of-task.ts";
import type { InboxTask } from "./groups.ts";
import { ReasonArea } from "./reason-area.tsx";
import type { SentDecisions } from "./sent.ts";
import { SentBar } from "./sent-bar.tsx";
import { type RefusedResult, useDecideMany } from "./use-decide-many.ts";
import { words } from "./words.ts";

export interface BulkCardProps {
  readonly chosen: Chosen;
  readonly sent: SentDecisions;
  readonly onBack: () => void;
  readonly onOpen: (task: InboxTask) => void;
}

/** Several that are alike, decided at once: what they come to, single exceptions, one comment, one answer. */
export function BulkCard({ chosen, ...rest }: BulkCardProps): JSX.Element | null {
  const first = useRef(chosen.tasks[0]);
  first.current = chosen.tasks[0] ?? first.current;
  if (first.current === undefined) return null;
  return <Bulk first={first.current} chosen={chosen} {...rest} />;
}

function Bulk({ first, chosen, sent, onBack, onOpen }: BulkCardProps & { readonly first: InboxTask }): JSX.Element {
  const t = useWords(words);
  // Those that were listed stay listed: an exception can be taken back.
  const [listed, setListed] = useState<readonly InboxTask[]>(chosen.tasks);
  useEffect(() => setListed((before) => merged(before, chosen.tasks)), [chosen.tasks]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const others = chosen.tasks.filter((task) => !areAlike(task, first));
  const { give, busy, error, refused, comment, setComment, needsReason } = useDecideMany(chosen, sent);
  const none = chosen.tasks.length === 0;
  // With nothing left to decide it stays only to tell what was not decided.
  const over = none && !busy && refused.length === 0;
  useEffect(() => {
    if (over) onBack();
  }, [over]);
  return (
    <>
      <header className="flex min-h-12 shrink-0 items-center gap-2 border-b border-border py-1 pr-3.5 pl-5 max-lg:pl-1">
        <IconButton icon={ChevronLeft} label={t("back")} onClick={onBack} className="lg:hidden" />
        <span className="flex-1 text-12 text-text-2">{t("together")}</span>
        <Button variant="ghost" size="sm" onClick={chosen.clear}>
          {t("chooseNone")}
        </Button>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-[708px] px-5 pt-5 pb-6 max-sm:px-4">
          <p className="text-12 text-text-2">{first.flowName}</p>
          <h2
            ref={heading}
            tabIndex={-1}
            className="mt-0.5 text-[24px] leading-8 font-semibold tracking-[-.02em] outline-none"
          >
            {t("count", { n: chosen.tasks.length })}
          </h2>
          <p className="mt-1 text-14 text-text-2">{summaryOf(chosen.tasks, t)}</p>
          {others.length > 0 && <Unlike tasks={others} onKeep={() => chosen.chooseLike(first)} />}
          {refused.length > 0 && <Refused refused={refused} tasks={listed} />}
          <ul aria-label={t("list")} className="mt-4 border-t border-border">
            {listed.map((task) => (
              <BulkRow key={task.id} task={task} chosen={chosen} onOpen={onOpen} />
            ))}
          </ul>
          <Field
            label={t("commentMany")}
            hint={t("commentHint")}
            className="mt-4"
            error={needsReason ? t("sayWhyMany") : undefined}
          >
            <ReasonArea value={comment} onChange={setComment} />
          </Field>
        </div>
      </div>
      <div className="shrink-0 border-t border-border-strong bg-surface">
        {sent.sent !== undefined && (
          <div className="border-b border-border bg-surface-sunken">
            <SentBar sent={sent.sent} slim onForget={sent.forget} />
          </div>
        )}
        {!none && (
          <BulkAnswers first={first} count={chosen.tasks.length} busy={busy || others.length > 0} onAnswer={give} />
        )}
        {error !== null && (
          <p role="alert" className="px-5 pb-3 text-failed-text">
            {explain(error).what}
          </p>
        )}
      </div>
    </>
  );
}

function merged(before: readonly InboxTask[], now: readonly InboxTask[]): readonly InboxTask[] {
  const known = new Set(before.map(({ id }) => id));
  return [...before, ...now.filter(({ id }) => !known.has(id))];
}

/** "amount 412.00 in all, each as it was proposed" */
function summaryOf(tasks: readonly InboxTask[], t: T): string {
  const figures = sums(tasks).map(({ name, sum }) =>
    t("sum", {
      name: readable(name),
      sum: new Intl.NumberFormat(t.language, { minimumFractionDigits: Number.isInteger(sum) ? 0 : 2 }).format(sum),
    }),
  );
  return t("asProposed", { sums: new Intl.ListFormat(t.language).format(figures), has: String(figures.length > 0) });
}

function Unlike({ tasks, onKeep }: { readonly tasks: readonly InboxTask[]; readonly onKeep: () => void }): JSX.Element {
  const t = useWords(words);
  return (
    <p className="mt-3 flex flex-wrap items-center gap-2 rounded-sm border border-border-strong px-3 py-2">
      <TriangleAlert aria-hidden className="size-4 shrink-0 text-waiting" strokeWidth={1.75} />
      <span className="min-w-0 flex-1">{t("unlike", { n: tasks.length })}</span>
      <Button onClick={onKeep}>{t("keepLike")}</Button>
    </p>
  );
}

function Refused({
  refused,
  tasks,
}: {
  readonly refused: readonly RefusedResult[];
  readonly tasks: readonly InboxTask[];
}): JSX.Element {
  const t = useWords(words);
  return (
    <section role="alert" className="mt-3 rounded-sm border border-border-strong px-3 py-2">
      <h3 className="font-medium text-failed-text">{t("notDecided", { n: refused.length })}</h3>
      <ul className="mt-1">
        {refused.map(({ task, problem }) => (
          <li key={task} className="text-text-2">
            {tasks.find(({ id }) => id === task)?.title}: {explain({ data: { problem } }).what}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface BulkAnswersProps {
  readonly first: InboxTask;
  readonly count: number;
  readonly busy: boolean;
  readonly onAnswer: (port: string) => void;
}

function BulkAnswers({ first, count, busy, onAnswer }: BulkAnswersProps): JSX.Element {
  const t = useWords(words);
  const { flow, manifests } = useFlowOfTask(first);
  const answers = answersOf(first, t);
  const box = useRef<HTMLDivElement>(null);
  useCommands(
    answers.map((answer) => ({
      id: `inbox.answer.${answer.port}`,
      label: t("openTask", { answer: answer.label }),
      keys: answer.key,
      group: t("title"),
      run: () => {
        box.current?.querySelector<HTMLButtonElement>(`[data-answer="${CSS.escape(answer.port)}"]`)?.focus();
        announce(t("readyMany", { answer: answer.label, n: count }));
      },
    })),
  );
  return (
    <div ref={box} className="grid auto-cols-fr grid-flow-col grid-rows-[auto_auto] divide-x divide-border">
      {answers.map((answer) => (
        <AnswerButton
          key={answer.port}
          {...{ answer, flow, manifests, count, busy, onAnswer }}
          node={first.node}
          inStep={first.inStep}
        />
      ))}
    </div>
  );
}
