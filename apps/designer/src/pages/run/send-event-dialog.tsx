import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState, type JSX } from "react";
import type { Json, JsonObject } from "@holdfast/dsl";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { explain } from "../../ui/problem.ts";
import { Select } from "../../ui/select.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { done } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import { parseJson } from "../../values/parse-json.ts";
import { words as runsWords } from "../runs/words.ts";
import type { RunWait } from "./run-facts.ts";
import { words } from "./words.ts";

export interface SendEventDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly wait: RunWait;
}

/** Data that the wait's match asks for, by the paths it compares. */
function matchingData(match: RunWait["outcomes"][number]["match"]): JsonObject {
  const data: Record<string, Json> = {};
  for (const [path, value] of Object.entries(match)) {
    const names = path.split(".");
    const last = names.pop();
    if (last === undefined) continue;
    let place = data;
    for (const name of names) {
      const next: Json = Object.hasOwn(place, name) ? (place[name] ?? null) : null;
      const inner = typeof next === "object" && next !== null && !Array.isArray(next) ? { ...next } : {};
      place[name] = inner;
      place = inner;
    }
    place[last] = value;
  }
  return data;
}

/** Sends one of the events that the wait is for, with the values it looks for already filled in. */
export function SendEventDialog({ open, onClose, wait }: SendEventDialogProps): JSX.Element {
  const t = useWords(words);
  const list = useWords(runsWords);
  const trpc = useTRPC();
  const client = useQueryClient();
  const [port, setPort] = useState(wait.outcomes[0]?.port ?? "");
  const outcome = wait.outcomes.find((each) => each.port === port);
  const filled = useMemo(() => JSON.stringify(matchingData(outcome?.match ?? {}), null, 2), [outcome]);
  const [typed, setTyped] = useState<string>();
  const text = typed ?? filled;
  const parsed = parseJson(text);
  const name = outcome?.event ?? "";
  const send = useMutation(
    trpc.events.send.mutationOptions({
      onSuccess: () => {
        done(t("sent", { name }));
        void client.invalidateQueries(trpc.runs.pathFilter());
        onClose();
      },
    }),
  );
  const wrong = parsed.ok ? undefined : list("notJson", { why: parsed.why });
  return (
    <Dialog
      open={open}
      onClose={onClose}
      size="md"
      title={t("sendTitle", { name })}
      footer={
        <Button
          variant="primary"
          disabled={!parsed.ok || send.isPending}
          onClick={() => parsed.ok && send.mutate({ name, data: parsed.value })}
        >
          {t("send")}
        </Button>
      }
    >
      <p className="mb-3 text-14 text-text-2">{t("sendText")}</p>
      {wait.outcomes.length > 1 && (
        <Field label={t("skipPort")}>
          <Select
            label={t("skipPort")}
            value={port}
            onChange={(next) => {
              setPort(next);
              setTyped(undefined);
            }}
            options={wait.outcomes.map((each) => ({ value: each.port, label: each.port, detail: each.event }))}
          />
        </Field>
      )}
      <Field label={t("sendData")} error={wrong ?? (send.error === null ? undefined : explain(send.error).what)}>
        <TextArea rows={8} mono value={text} onChange={setTyped} />
      </Field>
    </Dialog>
  );
}
