import type { FlowDocument, JsonObject, NodeManifest } from "@holdfast/dsl";
import { compileSchema } from "@holdfast/dsl";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useRef, useState, type JSX, type ReactNode } from "react";
import { useCommands } from "../../keys/use-commands.ts";
import { announce } from "../../keys/announce.ts";
import { TaskForm } from "../../fields/task-form.tsx";
import { useTRPC } from "../../rpc/client.ts";
import { explain } from "../../ui/problem.ts";
import { Field } from "../../ui/field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { useWords } from "../../words/use-words.tsx";
import { AnswerButton } from "./answer-button.tsx";
import { answerOf } from "./answers.ts";
import { Ended } from "./ended.tsx";
import type { Task } from "./groups.ts";
import { TakeBack } from "./take-back.tsx";
import { words } from "./words.ts";

export interface DecisionProps {
  readonly task: Task;
  readonly flow: FlowDocument | undefined;
  readonly manifests: readonly NodeManifest[];
  readonly onDone: () => void;
  /** What stands above: the question and the facts. */
  readonly children: ReactNode;
}

/** Seconds in which a decision can be taken back. */
const GRACE = 10;

export function Decision({ task, flow, manifests, onDone, children }: DecisionProps): JSX.Element {
  const t = useWords(words);
  const { values, setValues, comment, setComment, wrong, sent, setSent, decide, answer } = useDecision(task);
  const footer = useRef<HTMLDivElement>(null);
  const answers = task.outcomes.map((port) => answerOf(port, t));
  const decidable = task.status === "open" && task.may;
  // The key only brings the focus there: Enter decides.
  const focusAnswer = (port: string): void =>
    footer.current?.querySelector<HTMLButtonElement>(`[data-answer="${port}"]`)?.focus();
  useCommands(
    decidable && sent === undefined
      ? answers.map(({ port, label, key }) => ({
          id: `inbox.${port}`,
          label: t("openTask", { answer: label }),
          keys: key,
          group: t("title"),
          run: () => focusAnswer(port),
        }))
      : [],
  );
  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-[708px] px-5 pt-5 pb-6">
          {children}
          {decidable && sent === undefined && (
            <DecisionForm
              task={task}
              values={values}
              onValues={setValues}
              errors={wrong}
              comment={comment}
              onComment={setComment}
            />
          )}
          {decide.error !== null && (
            <p role="alert" className="mt-3 text-failed-text">
              {explain(decide.error).what}
            </p>
          )}
        </div>
      </div>
      <div ref={footer} className="shrink-0 border-t border-border-strong bg-surface">
        {sent === undefined && !decidable && <Ended task={task} />}
        {sent === undefined && decidable && (
          <div className="grid auto-cols-fr grid-flow-col divide-x divide-border max-sm:gap-0">
            {answers.map((each) => (
              <AnswerButton
                key={each.port}
                answer={each}
                flow={flow}
                manifests={manifests}
                node={task.node}
                busy={decide.isPending}
                onAnswer={answer}
              />
            ))}
          </div>
        )}
        {sent !== undefined && (
          <TakeBack
            task={task.id}
            answer={answerOf(sent.port, t)}
            until={sent.until}
            onTakenBack={() => setSent(undefined)}
            onDone={onDone}
          />
        )}
      </div>
    </>
  );
}

interface DecisionFormProps {
  readonly task: Task;
  readonly values: JsonObject;
  readonly onValues: (values: JsonObject) => void;
  readonly errors: Readonly<Record<string, string>>;
  readonly comment: string;
  readonly onComment: (comment: string) => void;
}

/** Begins as what is proposed; types are kept. */
function DecisionForm({ task, values, onValues, errors, comment, onComment }: DecisionFormProps): JSX.Element {
  const t = useWords(words);
  return (
    <section>
      <h3 className="mt-4 mb-1.5 flex flex-wrap items-baseline gap-x-2 text-13 font-semibold">
        {t("decision")}
        {task.form !== null && <span className="text-12 font-normal text-text-3">{t("decisionHelp")}</span>}
      </h3>
      {task.form !== null && <TaskForm schema={task.form} values={values} onChange={onValues} errors={errors} />}
      <Field label={t("comment")} hint={t("commentHint")} className="mt-3">
        <TextArea rows={2} value={comment} onChange={onComment} />
      </Field>
    </section>
  );
}

/** What is being filled in, and giving the answer. */
function useDecision(task: Task) {
  const t = useWords(words);
  const trpc = useTRPC();
  const client = useQueryClient();
  const [values, setValues] = useState<JsonObject>(task.prefill);
  const [comment, setComment] = useState("");
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({});
  const [sent, setSent] = useState<{ readonly port: string; readonly until: number }>();
  const check = useMemo(() => (task.form === null ? undefined : compileSchema(task.form)), [task.form]);
  const decide = useMutation(
    trpc.tasks.decide.mutationOptions({
      onSuccess: (_, { outcome }) => {
        setSent({ port: outcome, until: Date.now() + GRACE * 1_000 });
        announce(t("sentTitle", { answer: answerOf(outcome, t).given }));
        void client.invalidateQueries(trpc.tasks.pathFilter());
      },
      onError: () => void client.invalidateQueries(trpc.tasks.pathFilter()),
    }),
  );
  const answer = (port: string): void => {
    const result = check?.validate(values);
    if (result !== undefined && !result.ok) {
      setWrong(Object.fromEntries(result.errors.map(({ pointer, message }) => [pointer.split("/")[1] ?? "", message])));
      return;
    }
    setWrong({});
    decide.mutate({
      task: task.id,
      outcome: port,
      data: values,
      graceSeconds: GRACE,
      ...(comment.trim() === "" ? {} : { comment: comment.trim() }),
    });
  };
  return { values, setValues, comment, setComment, wrong, sent, setSent, decide, answer };
}
