import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { JSX, ReactNode } from "react";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { explain } from "../../ui/problem.ts";
import { done } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import type { Version } from "./spine.tsx";
import { words } from "./words.ts";

export interface RollBackDialogProps {
  readonly flow: string;
  readonly version: number;
  readonly versions: readonly Version[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Says what will happen before an older version starts runs again. */
export function RollBackDialog({ flow, version, versions, onClose, onDone }: RollBackDialogProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const cache = useQueryClient();
  const live = versions.find((one) => one.live)?.version ?? version;
  const waiting = versions.reduce((sum, one) => sum + one.waitingRuns, 0);
  const rollBack = useMutation(
    trpc.flows.rollBack.mutationOptions({
      onSuccess: async () => {
        done(t("rolledBack", { version }));
        onClose();
        await cache.invalidateQueries(trpc.flows.pathFilter());
        onDone();
      },
    }),
  );
  const bold = (parts: ReactNode[]): ReactNode => <b className="font-medium text-text">{parts}</b>;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("rollBackTitle", { version })}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            variant="primary"
            disabled={rollBack.isPending}
            onClick={() => rollBack.mutate({ id: flow, version })}
          >
            {t("rollBackNow", { version })}
          </Button>
        </>
      }
    >
      <ul className="m-0 flex list-none flex-col gap-1.5 p-0 text-text-2">
        <li>{t.rich("rollBackNew", { version, b: bold })}</li>
        <li>{t.rich("rollBackWaiting", { count: waiting, live, b: bold })}</li>
        <li>{t("rollBackDraft")}</li>
      </ul>
      {rollBack.error !== null && (
        <p role="alert" className="mt-3 text-failed-text">
          {explain(rollBack.error).what}
        </p>
      )}
    </Dialog>
  );
}
