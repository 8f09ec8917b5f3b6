import type { Json } from "@holdfast/dsl";
import { useState, type JSX } from "react";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { explain } from "../../ui/problem.ts";
import { TextArea } from "../../ui/text-area.tsx";
import { TextInput } from "../../ui/text-input.tsx";
import { useWords } from "../../words/use-words.tsx";
import { parseJson } from "../../values/parse-json.ts";
import { words } from "./words.ts";

export interface CompleteDialogProps {
  readonly error: unknown;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onComplete: (answer: { readonly port: string; readonly output: Json }) => void;
}

/** What the step would have given, told by a person. */
export function CompleteDialog({ error, busy, onClose, onComplete }: CompleteDialogProps): JSX.Element {
  const t = useWords(words);
  const [port, setPort] = useState("out");
  const [text, setText] = useState("{}");
  const parsed = parseJson(text);
  const wrong = parsed.ok ? undefined : t("notJson", { why: parsed.why });
  const refused = error === null || error === undefined ? undefined : explain(error);
  return (
    <Dialog
      open
      onClose={onClose}
      size="md"
      title={t("completeTitle")}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("keep")}
          </Button>
          <Button
            variant="primary"
            disabled={!parsed.ok || busy}
            onClick={() => parsed.ok && onComplete({ port, output: parsed.value })}
          >
            {t("completeDo")}
          </Button>
        </>
      }
    >
      <p className="mb-3 text-14 text-text-2">{t("completeText")}</p>
      <Field label={t("port")}>
        <TextInput mono value={port} onChange={setPort} />
      </Field>
      <Field label={t("output")} error={wrong ?? refused?.what} help={wrong === undefined ? refused?.todo : undefined}>
        <TextArea rows={8} mono value={text} onChange={setText} />
      </Field>
    </Dialog>
  );
}
