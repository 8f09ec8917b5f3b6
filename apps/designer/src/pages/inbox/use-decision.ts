import { compileSchema, type JsonObject } from "@holdfast/dsl";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { type FormErrors, formErrors, words as formErrorWords } from "../../fields/form-errors.ts";
import { withUnticked } from "../../fields/start-values.ts";
import { announce } from "../../keys/announce.ts";
import { useTRPC } from "../../rpc/client.ts";
import { codeOf } from "../../ui/problem.ts";
import { useWords } from "../../words/use-words.tsx";
import { answerOf } from "./answers.ts";
import { differenceOf } from "./difference.tsx";
import { type Begun, keep } from "./begun.ts";
import type { Task } from "./groups.ts";
import { GRACE, type SentDecisions } from "./sent.ts";
import { words } from "./words.ts";

export interface DecisionState {
  readonly values: JsonObject;
  readonly setValues: (values: JsonObject) => void;
  readonly comment: string;
  readonly setComment: (comment: string) => void;
  /** Something was written or changed, and no answer of this person stands. */
  readonly unsent: boolean;
  /** Throws what was begun away. */
  readonly forget: () => void;
  readonly wrong: FormErrors;
  /** The answer that takes a reason, once it was given without. */
  readonly reasonMissing: string | undefined;
  readonly error: unknown;
  readonly busy: boolean;
  /** Gives the answer, or says what is missing. @returns whether it was sent */
  readonly answer: (port: string) => boolean;
}

const NOTHING_WRONG = {};

/** What is given: checked against the form, and with a reason where one is due. */
export interface GivenAnswer {
  readonly outcome: string;
  readonly data: JsonObject;
  readonly comment?: string;
}

export interface Sending {
  /** @param onReasonMissing the server asks for a reason that the page did not know of */
  readonly send: (answer: GivenAnswer, onReasonMissing: () => void) => void;
  readonly error: unknown;
  readonly busy: boolean;
}

/** What is being filled in, and giving the answer in the inbox. */
export function useDecision(task: Task, begun: Begun, sent: SentDecisions): DecisionState {
  const t = useWords(words);
  const trpc = useTRPC();
  const client = useQueryClient();
  const again = (): void => {
    void client.invalidateQueries(trpc.tasks.pathFilter());
    void client.invalidateQueries(trpc.inbox.pathFilter());
  };
  const decide = useMutation(
    trpc.tasks.decide.mutationOptions({
      onSuccess: ({ decided }, { outcome }) => {
        const titles = task.outcomeTitles;
        sent.note({ tasks: [{ id: task.id, title: task.title }], port: outcome, titles, decided });
        const { given, label } = answerOf(outcome, t, titles);
        announce(decided ? t("sentTitle", { answer: given }) : t("voted", { answer: label }));
        again();
      },
      onError: again,
    }),
  );
  return useFilling(task, begun, {
    send: (answer, onReasonMissing) =>
      decide.mutate(
        { task: task.id, graceSeconds: GRACE, ...answer },
        { onError: (error) => codeOf(error) === "reason_required" && onReasonMissing() },
      ),
    error: decide.error,
    busy: decide.isPending,
  });
}

/** The proposal; or, where several have to agree, what the first of them has made of it: who agrees agrees to that. */
export function startOf({ needs, votes, prefill }: Pick<Task, "needs" | "votes" | "prefill">): JsonObject {
  return votes.find(({ outcome }) => (needs[outcome] ?? 1) > 1)?.data ?? prefill;
}

/** What is being filled in, whichever way the answer goes. */
export function useFilling(task: Task, begun: Begun, { send, error, busy }: Sending): DecisionState {
  const before = begun.get(task.id);
  const [own, put] = useState(before?.values);
  const [comment, say] = useState(before?.comment ?? "");
  const values = own ?? startOf(task);
  const tf = useWords(formErrorWords);
  const [wrong, setWrong] = useState<FormErrors>(NOTHING_WRONG);
  const [reasonMissing, setReasonMissing] = useState<string>();
  const check = useMemo(() => (task.form === null ? undefined : compileSchema(task.form)), [task.form]);
  const answer = (port: string): boolean => {
    const data = task.form === null ? values : withUnticked(task.form, values);
    const result = check?.validate(data);
    const issues = result === undefined || result.ok ? [] : result.errors;
    const lacks = task.reasonFor.includes(port) && comment.trim() === "";
    setWrong(formErrors(issues, tf));
    setReasonMissing(lacks ? port : undefined);
    if (issues.length > 0 || lacks) return false;
    const said = comment.trim() === "" ? {} : { comment: comment.trim() };
    send({ outcome: port, data, ...said }, () => setReasonMissing(port));
    return true;
  };
  return {
    values,
    setValues: (next) => {
      put(next);
      keep(begun, task.id, { values: next });
    },
    comment,
    setComment: (next) => {
      say(next);
      if (next.trim() !== "") setReasonMissing(undefined);
      keep(begun, task.id, { comment: next });
    },
    unsent: comment.trim() !== "" || differenceOf(startOf(task), values).length > 0,
    forget: () => {
      put(undefined);
      say("");
      keep(begun, task.id, { values: undefined, comment: undefined });
    },
    wrong,
    reasonMissing,
    answer,
    error,
    busy,
  };
}
