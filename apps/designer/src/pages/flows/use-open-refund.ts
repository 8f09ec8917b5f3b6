import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTRPC } from "../../rpc/client.ts";
import { explain } from "../../ui/problem.ts";
import { failed } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import { words } from "./words.ts";

/** Makes the refund flow from its example and opens it with the tour. */
export function useOpenRefund(): () => void {
  const t = useWords(words);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const fail = (error: unknown): void => failed(t("failed", { why: explain(error).what }));
  const create = useMutation(
    trpc.flows.create.mutationOptions({
      onError: fail,
      onSuccess: async ({ id }) => {
        void queries.invalidateQueries(trpc.flows.pathFilter());
        await navigate({ href: `/flows/${id}?tour=1` });
      },
    }),
  );
  return () => {
    void import("./patterns.ts")
      .then(({ patternDocument }) => patternDocument("refund", t.language))
      .then((document) => create.mutate({ document }))
      .catch(fail);
  };
}
