import { isNodeId } from "@holdfast/dsl";
import { useState, type JSX } from "react";
import { renameNode } from "../flow/change-node.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { useWords } from "../words/use-words.tsx";
import type { FlowEditor } from "./flow-editor.ts";
import { placeOfNode } from "./node-place.ts";
import { words } from "./words.ts";

export interface RenameIdProps {
  readonly editor: FlowEditor;
  readonly id: string;
  /** How many expressions read the node. */
  readonly uses: number;
  readonly onClose: () => void;
}

/** Another id: every edge and expression follows. */
export function RenameId({ editor, id, uses, onClose }: RenameIdProps): JSX.Element {
  const t = useWords(words);
  const [typed, setTyped] = useState(id);
  const taken = typed !== id && placeOfNode(editor.flow, typed) !== undefined;
  const bad = !isNodeId(typed);
  const error = taken ? t("idTaken") : undefined;
  const commit = (): void => {
    if (bad || taken) return;
    onClose();
    if (typed === id) return;
    editor.run(t("idChange"), (flow) => renameNode(flow, editor.manifests, id, typed));
    editor.select([typed]);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("renameId").replace("…", "")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button variant="primary" disabled={bad || taken} onClick={commit}>
            {t("idChange")}
          </Button>
        </>
      }
    >
      <Field label={t("id")} error={bad ? t("idBad") : error} help={t("idHelp", { id: typed })}>
        <TextInput
          mono
          value={typed}
          spellCheck={false}
          onChange={setTyped}
          onKeyDown={(event) => {
            if (event.key === "Enter") commit();
          }}
        />
      </Field>
      <p className="mt-3 text-12 text-text-2">{t("idUses", { count: uses })}</p>
    </Dialog>
  );
}
