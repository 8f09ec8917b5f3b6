import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../../rpc/client.ts";
import { explain } from "../../ui/problem.ts";
import { failed } from "../../ui/toast.ts";

export interface TaskAct {
  readonly trpc: ReturnType<typeof useTRPC>;
  readonly options: { readonly onError: (error: unknown) => void; readonly onSettled: () => void };
}

/** What is done to a task, other than deciding it: a refusal is told, and all that shows tasks is read again. */
export function useTaskAct(): TaskAct {
  const trpc = useTRPC();
  const client = useQueryClient();
  const options = {
    onError: (error: unknown) => failed(explain(error).what),
    onSettled: () => {
      void client.invalidateQueries(trpc.tasks.pathFilter());
      void client.invalidateQueries(trpc.inbox.pathFilter());
    },
  };
  return { trpc, options };
}
