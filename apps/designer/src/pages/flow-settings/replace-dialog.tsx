import { parseFlow } from "@holdfast/dsl";
import { useMemo, useState, type JSX } from "react";
import type { OpenDraft } from "../../draft/use-draft.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { done } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import { Bring } from "../flows/new-flow-dialog.tsx";
import { readImport } from "../flows/read-import.ts";
import { words } from "./words.ts";

/** A file, or pasted text, instead of the draft: one change that can be undone. */
export function ReplaceDialog({ draft, onClose }: { draft: OpenDraft; onClose: () => void }): JSX.Element {
  const t = useWords(words);
  const [text, setText] = useState("");
  const imported = useMemo(() => (text.trim() === "" ? undefined : readImport(text, t("fromNodes"))), [text, t]);
  const replace = (): void => {
    if (imported?.kind !== "flow") return;
    const parsed = parseFlow(imported.document);
    if (!parsed.ok) return;
    const { store } = draft;
    store.getState().run(t("replaceLabel"), (flow) => ({ ...parsed.flow, id: flow.id }));
    done(t("replaced", { name: imported.name }), { undo: () => store.getState().undo() });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      size="md"
      title={t("replaceTitle")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button variant="primary" disabled={imported?.kind !== "flow"} onClick={replace}>
            {t("replaceDo")}
          </Button>
        </>
      }
    >
      <Bring text={text} onText={setText} imported={imported} />
    </Dialog>
  );
}
