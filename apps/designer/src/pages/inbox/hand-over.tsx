import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type JSX } from "react";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { Combobox } from "../../ui/combobox.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { explain } from "../../ui/problem.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextInput } from "../../ui/text-input.tsx";
import { done } from "../../ui/toast.ts";
import { withMoney } from "../../values/money-text.ts";
import { useWords } from "../../words/use-words.tsx";
import type { Task } from "./groups.ts";
import { words } from "./words.ts";

export interface HandOverProps {
  readonly task: Task;
  readonly onClose: () => void;
}

const KINDS = ["handOver", "delegate"] as const;
type Kind = (typeof KINDS)[number];

/** Gives the task to somebody: instead of oneself, or on one's behalf. */
export function HandOver({ task, onClose }: HandOverProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const client = useQueryClient();
  const deciders = useQuery(trpc.tasks.deciders.queryOptions({ task: task.id }));
  const [kind, setKind] = useState<Kind>("handOver");
  const [to, setTo] = useState<string>();
  const [until, setUntil] = useState("");
  const [reason, setReason] = useState("");
  const person = deciders.data?.find(({ id }) => id === to);
  const give = useMutation(
    trpc.tasks.delegate.mutationOptions({
      onSuccess: () => {
        void client.invalidateQueries(trpc.tasks.pathFilter());
        void client.invalidateQueries(trpc.inbox.pathFilter());
        done(t(kind === "handOver" ? "handedOver" : "delegated", { name: person?.name ?? "" }));
        onClose();
      },
    }),
  );
  const send = (): void => {
    if (to === undefined) return;
    give.mutate({
      task: task.id,
      to,
      kind,
      ...(kind === "delegate" && until !== "" ? { until: new Date(until).toISOString() } : {}),
      ...(reason.trim() === "" ? {} : { reason: reason.trim() }),
    });
  };
  const problem = give.error ?? deciders.error;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("handOverTitle", { title: withMoney(task.title, t.language) })}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button variant="primary" disabled={to === undefined || give.isPending} onClick={send}>
            {giveText(t, kind, person?.name)}
          </Button>
        </>
      }
    >
      <Segmented
        label={t("handOverKind")}
        value={kind}
        onChange={setKind}
        options={KINDS.map((each) => ({ value: each, label: t(`kind_${each}`) }))}
      />
      <p className="mt-2 mb-3 text-text-2">{t(`kindHelp_${kind}`)}</p>
      <Field label={t("toWhom")} error={problem === null ? undefined : explain(problem).what}>
        <Combobox
          label={t("toWhom")}
          value={to}
          onChange={setTo}
          options={(deciders.data ?? []).map(({ id, name, email, assigned }) => ({
            value: id,
            label: name,
            detail: assigned ? t("assigned", { email }) : email,
          }))}
        />
      </Field>
      {kind === "delegate" && (
        <Field label={t("untilWhen")} help={t("untilHelp")}>
          <TextInput type="datetime-local" value={until} onChange={setUntil} />
        </Field>
      )}
      <Field label={t("why")} hint={t("optional")}>
        <TextArea rows={2} value={reason} onChange={setReason} maxLength={1_000} />
      </Field>
    </Dialog>
  );
}

function giveText(
  t: ReturnType<typeof useWords<keyof (typeof words)["en"]>>,
  kind: Kind,
  name: string | undefined,
): string {
  if (name === undefined) return t(`kind_${kind}`);
  return t(kind === "handOver" ? "handOverTo" : "delegateTo", { name });
}
