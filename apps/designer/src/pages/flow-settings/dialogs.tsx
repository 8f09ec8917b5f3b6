import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState, type JSX, type ReactNode } from "react";
import type { OpenDraft } from "../../draft/use-draft.ts";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { explain } from "../../ui/problem.ts";
import { TextInput } from "../../ui/text-input.tsx";
import { done } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import { words } from "./words.ts";

interface DiscardDialogProps {
  readonly flow: string;
  readonly draft: OpenDraft;
  readonly count: number;
  readonly version: number;
  readonly onClose: () => void;
}

export function DiscardDialog({ flow, draft, count, version, onClose }: DiscardDialogProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const cache = useQueryClient();
  const discard = useMutation(trpc.drafts.discard.mutationOptions());
  const run = useMutation({
    mutationFn: async () => {
      // What is under way would come back after it.
      await draft.flush();
      await discard.mutateAsync({ flow });
    },
    onSuccess: async () => {
      onClose();
      done(t("discarded", { version }));
      await draft.reload();
      await cache.invalidateQueries(trpc.flows.pathFilter());
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("discardTitle")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button variant="danger" disabled={run.isPending} onClick={() => run.mutate()}>
            {t("discard")}
          </Button>
        </>
      }
    >
      <p className="m-0 text-text-2">{t("discardText", { count, version })}</p>
      <Wrong error={run.error} />
    </Dialog>
  );
}

interface ArchiveDialogProps {
  readonly flow: string;
  readonly name: string;
  readonly waiting: number;
  readonly onClose: () => void;
}

/** Only whoever has typed the name means it. */
export function ArchiveDialog({ flow, name, waiting, onClose }: ArchiveDialogProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const archive = useMutation(
    trpc.flows.archive.mutationOptions({
      onSuccess: async () => {
        onClose();
        done(t("archived", { name }));
        await cache.invalidateQueries(trpc.flows.pathFilter());
        await navigate({ to: "/flows", search: {} });
      },
    }),
  );
  const isMeant = typed.trim() === name.trim();
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("archiveTitle", { name })}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            variant="danger"
            disabled={!isMeant || archive.isPending}
            onClick={() => archive.mutate({ id: flow })}
          >
            {t("archive")}
          </Button>
        </>
      }
    >
      <p className="mt-0 mb-3 text-text-2">
        {t("archiveHelp")} {t("archiveWaiting", { count: waiting })}
      </p>
      <Field label={t.rich("archiveType", { name, b: (parts: ReactNode[]) => <b className="text-text">{parts}</b> })}>
        <TextInput value={typed} onChange={setTyped} autoComplete="off" />
      </Field>
      <Wrong error={archive.error} />
    </Dialog>
  );
}

function Wrong({ error }: { error: unknown }): JSX.Element | null {
  if (error === null || error === undefined) return null;
  return (
    <p role="alert" className="mt-3 mb-0 text-failed-text">
      {explain(error).what}
    </p>
  );
}
