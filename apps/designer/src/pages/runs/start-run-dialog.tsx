import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState, type JSX } from "react";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { Combobox } from "../../ui/combobox.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { explain } from "../../ui/problem.ts";
import { TextArea } from "../../ui/text-area.tsx";
import { done } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import { parseJson } from "../../values/parse-json.ts";
import { sampleOf } from "../../values/sample-of.ts";
import { shortId } from "../../values/short-id.ts";
import { words } from "./words.ts";

export interface StartRunDialogProps {
  readonly flows: readonly { readonly id: string; readonly name: string; readonly liveVersion: number | null }[];
  readonly flow: string | undefined;
  readonly onClose: () => void;
}

/** Starts a run by hand. Its input begins as an example made from the flow's schema. */
export function StartRunDialog({ flows, flow, onClose }: StartRunDialogProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const client = useQueryClient();
  const navigate = useNavigate();
  const live = flows.filter(({ liveVersion }) => liveVersion !== null);
  const [picked, setPicked] = useState<string>();
  // The flows may come after the question is open.
  const chosen = picked ?? live.find(({ id }) => id === flow)?.id ?? live[0]?.id;
  const [typed, setTyped] = useState<string>();
  const read = useQuery({ ...trpc.flows.get.queryOptions({ id: chosen ?? "" }), enabled: chosen !== undefined });
  const start = useMutation(
    trpc.runs.start.mutationOptions({
      onSuccess: ({ runId }) => {
        done(t("startedToast", { id: shortId(runId) }));
        void client.invalidateQueries(trpc.runs.pathFilter());
        void navigate({ to: "/runs/$run", params: { run: runId } });
      },
    }),
  );
  const schema = read.data?.live?.document["input"];
  const text = typed ?? JSON.stringify(sampleOf(schema), null, 2);
  const parsed = parseJson(text);
  const wrong = parsed.ok ? undefined : t("notJson", { why: parsed.why });
  const refused = start.error === null ? undefined : explain(start.error);
  return (
    <Dialog
      open
      onClose={onClose}
      size="md"
      title={t("startTitle")}
      footer={
        <Button
          variant="primary"
          disabled={chosen === undefined || !parsed.ok || start.isPending}
          onClick={() => chosen !== undefined && parsed.ok && start.mutate({ flow: chosen, input: parsed.value })}
        >
          {t("startButton")}
        </Button>
      }
    >
      {live.length === 0 ? (
        <p className="text-14 text-text-2">{t("notStarted")}</p>
      ) : (
        <>
          <Field label={t("chooseFlow")}>
            <Combobox
              label={t("chooseFlow")}
              value={chosen ?? null}
              onChange={(next) => {
                setPicked(next);
                setTyped(undefined);
              }}
              options={live.map(({ id, name }) => ({ value: id, label: name, detail: id }))}
            />
          </Field>
          <Field label={t("input")} help={t("inputHelp")} error={wrong ?? refused?.what}>
            <TextArea rows={10} mono value={text} onChange={setTyped} />
          </Field>
        </>
      )}
    </Dialog>
  );
}
