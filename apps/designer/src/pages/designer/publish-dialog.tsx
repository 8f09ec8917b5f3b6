import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type JSX } from "react";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { explain } from "../../ui/problem.ts";
import { TextArea } from "../../ui/text-area.tsx";
import { done } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import { words } from "./words.ts";

export interface PublishDialogProps {
  readonly flow: string;
  readonly version: number;
  /** Problems that forbid it. */
  readonly errors: number;
  readonly flush: () => Promise<number>;
  readonly onClose: () => void;
}

/** Asks for a summary and publishes what is saved. */
export function PublishDialog({ flow, version, errors, flush, onClose }: PublishDialogProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const cache = useQueryClient();
  const [note, setNote] = useState("");
  const publish = useMutation(
    trpc.flows.publish.mutationOptions({
      onSuccess: async (published) => {
        done(t("published", { version: published.version }));
        onClose();
        await cache.invalidateQueries();
      },
    }),
  );
  const run = async (): Promise<void> => {
    const revision = await flush();
    publish.mutate({ id: flow, revision, ...(note.trim() === "" ? {} : { note: note.trim() }) });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("publishTitle", { version })}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button variant="primary" disabled={errors > 0 || publish.isPending} onClick={() => void run()}>
            {t("publishNow", { version })}
          </Button>
        </>
      }
    >
      <p className="mb-3 text-text-2">{errors > 0 ? t("publishProblems", { count: errors }) : t("publishText")}</p>
      <Field label={t("publishNote")} error={publish.error === null ? undefined : explain(publish.error).what}>
        <TextArea value={note} onChange={setNote} />
      </Field>
    </Dialog>
  );
}
