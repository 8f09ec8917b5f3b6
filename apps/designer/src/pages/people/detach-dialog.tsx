import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { JSX } from "react";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { explain } from "../../ui/problem.ts";
import { done } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import type { Person } from "./person.ts";
import { words } from "./words.ts";

export function DetachDialog({ person, onClose }: { person: Person; onClose: () => void }): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { id, name, email } = person;
  const detach = useMutation(
    trpc.people.detachProviders.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries(trpc.people.pathFilter());
        done(t("detached", { name }));
        onClose();
      },
    }),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("detachTitle", { name })}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button variant="danger" disabled={detach.isPending} onClick={() => detach.mutate({ id })}>
            {t("detachNow")}
          </Button>
        </>
      }
    >
      <p className="text-text-2">{t("detachText", { email })}</p>
      {detach.isError && (
        <p role="alert" className="mt-3 text-12 text-failed-text">
          {explain(detach.error).what}
        </p>
      )}
    </Dialog>
  );
}
