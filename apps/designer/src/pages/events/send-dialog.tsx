import type { Json } from "@holdfast/dsl";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState, type JSX } from "react";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { Combobox } from "../../ui/combobox.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { explain } from "../../ui/problem.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { done } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import { parseJson } from "../../values/parse-json.ts";
import { words } from "./words.ts";

export interface SendDialogProps {
  readonly onClose: () => void;
  /** To send one like it again. */
  readonly begin?: { readonly name: string; readonly data: Json };
}

/** Sends an event by hand; its data begin as those of the last one of its name. */
export function SendDialog({ onClose, begin }: SendDialogProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const client = useQueryClient();
  const navigate = useNavigate();
  const names = useQuery(trpc.events.names.queryOptions());
  const [name, setName] = useState(begin?.name);
  const [typed, setTyped] = useState(begin === undefined ? undefined : JSON.stringify(begin.data, null, 2));
  const known = names.data ?? [];
  const chosen = name ?? known[0]?.name;
  const text = typed ?? JSON.stringify(known.find((each) => each.name === chosen)?.sample ?? {}, null, 2);
  const parsed = parseJson(text);
  const send = useMutation(
    trpc.events.send.mutationOptions({
      onSuccess: ({ id }, event) => {
        done(t("sent", { name: event.name }));
        void client.invalidateQueries(trpc.events.pathFilter());
        void navigate({ to: "/events/$event", params: { event: id } });
        onClose();
      },
    }),
  );
  const wrong = parsed.ok ? undefined : t("notJson", { why: parsed.why });
  return (
    <Dialog
      open
      onClose={onClose}
      size="md"
      title={t("sendTitle")}
      footer={
        <Button
          variant="primary"
          disabled={chosen === undefined || !parsed.ok || send.isPending}
          onClick={() => chosen !== undefined && parsed.ok && send.mutate({ name: chosen, data: parsed.value })}
        >
          {t("sendDo")}
        </Button>
      }
    >
      {names.isPending ? (
        // The name that stands there first must not change while somebody types another.
        <Skeleton className="h-64 w-full" />
      ) : (
        <>
          <Field label={t("name")} help={t("nameHelp")}>
            <Combobox
              label={t("name")}
              mono
              allowCustom
              value={chosen ?? null}
              onChange={(next: string) => {
                setName(next);
                setTyped(undefined);
              }}
              options={known.map((each) => ({ value: each.name, label: each.name }))}
            />
          </Field>
          <Field
            label={t("data")}
            help={t("dataHelp")}
            error={wrong ?? (send.error === null ? undefined : explain(send.error).what)}
          >
            <TextArea rows={9} mono value={text} onChange={setTyped} />
          </Field>
        </>
      )}
    </Dialog>
  );
}
