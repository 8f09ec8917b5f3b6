import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CornerDownRight } from "lucide-react";
import type { JSX } from "react";
import { useSession } from "../../app/session.ts";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { useNow } from "../../ui/now.ts";
import { explain } from "../../ui/problem.ts";
import { dateText } from "../../ui/time.ts";
import { failed } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import type { Task } from "./groups.ts";
import { words } from "./words.ts";

/** Who gave the task to whom, and why. */
export function Given({ task }: { readonly task: Task }): JSX.Element | null {
  const t = useWords(words);
  const now = useNow();
  const me = useSession().person.id;
  const trpc = useTRPC();
  const client = useQueryClient();
  const end = useMutation(
    trpc.tasks.endDelegation.mutationOptions({
      onError: (error) => failed(explain(error).what),
      onSettled: () => {
        void client.invalidateQueries(trpc.tasks.pathFilter());
        void client.invalidateQueries(trpc.inbox.pathFilter());
      },
    }),
  );
  if (task.delegations.length === 0) return null;
  return (
    <ul aria-label={t("given")} className="mt-4 flex flex-col gap-1.5 text-14">
      {task.delegations.map(({ from, to, kind, reason, until, at }) => (
        <li key={`${from.id} ${at}`} className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <CornerDownRight aria-hidden className="size-3.5 shrink-0 text-text-3" strokeWidth={1.75} />
          <span className="min-w-0 text-text-2">
            {t(kind === "handOver" ? "gaveOver" : "gaveOnBehalf", { from: from.name, to: to.name })}
            {until !== null && ` ${t("givenUntil", { time: dateText(new Date(until), now, t.language) })}`}
            {reason !== null && <q className="break-words">{reason}</q>}
          </span>
          {task.status === "open" && (from.id === me || to.id === me) && task.may && (
            <Button size="sm" variant="ghost" disabled={end.isPending} onClick={() => end.mutate({ task: task.id })}>
              {t(from.id === me ? "endDelegation" : "giveBack")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
