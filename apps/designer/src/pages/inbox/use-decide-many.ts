import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { announce } from "../../keys/announce.ts";
import { useTRPC } from "../../rpc/client.ts";
import type { Outputs } from "../../rpc/outputs.ts";
import { codeOf } from "../../ui/problem.ts";
import { useWords } from "../../words/use-words.tsx";
import { answerOf } from "./answers.ts";
import type { Chosen } from "./chosen.ts";
import { GRACE, type SentDecisions } from "./sent.ts";
import { words } from "./words.ts";

export type RefusedResult = Extract<Outputs["tasks"]["decideMany"][number], { readonly done: false }>;

export interface ManyDecisions {
  readonly comment: string;
  readonly setComment: (comment: string) => void;
  /** Those of the last answer that were not decided, and why. */
  readonly refused: readonly RefusedResult[];
  readonly needsReason: boolean;
  readonly give: (outcome: string) => void;
  readonly busy: boolean;
  readonly error: unknown;
}

/** One answer and one comment for all that are chosen. What was refused stays chosen. */
export function useDecideMany(chosen: Chosen, sent: SentDecisions): ManyDecisions {
  const t = useWords(words);
  const trpc = useTRPC();
  const client = useQueryClient();
  const [comment, setComment] = useState("");
  const [refused, setRefused] = useState<readonly RefusedResult[]>([]);
  const mutation = useMutation(
    trpc.tasks.decideMany.mutationOptions({
      onSuccess: (results, { outcome }) => {
        const done = new Set(results.filter((each) => each.done).map(({ task }) => task));
        const left = results.filter((each) => !each.done);
        setRefused(left);
        // What is decided together is called the same.
        const titles = chosen.tasks[0]?.outcomeTitles ?? {};
        const decided = chosen.tasks.filter(({ id }) => done.has(id));
        if (decided.length > 0) {
          sent.note({
            tasks: decided.map(({ id, title }) => ({ id, title })),
            port: outcome,
            titles,
            decided: results.some((each) => each.done && each.decided),
          });
        }
        chosen.keep(left.map(({ task }) => task));
        announce(
          t("resultMany", {
            answer: answerOf(outcome, t, titles).given,
            n: decided.length,
            left: left.length,
            some: String(left.length > 0),
          }),
        );
      },
      onSettled: () => {
        void client.invalidateQueries(trpc.tasks.pathFilter());
        void client.invalidateQueries(trpc.inbox.pathFilter());
      },
    }),
  );
  const give = (outcome: string): void =>
    mutation.mutate({
      tasks: chosen.tasks.map(({ id }) => ({ id })),
      outcome,
      graceSeconds: GRACE,
      ...(comment.trim() === "" ? {} : { comment: comment.trim() }),
    });
  const needsReason =
    codeOf(mutation.error) === "reason_required" || refused.some(({ problem }) => problem.code === "reason_required");
  return {
    comment,
    setComment,
    refused,
    needsReason: needsReason && comment.trim() === "",
    give,
    busy: mutation.isPending,
    error: mutation.error,
  };
}
