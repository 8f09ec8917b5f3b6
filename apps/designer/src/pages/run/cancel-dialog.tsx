import type { JSX } from "react";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { useWords } from "../../words/use-words.tsx";
import { words } from "./words.ts";

export interface CancelDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onCancel: (mode: "cancel" | "terminate") => void;
}

export function CancelDialog({ open, onClose, onCancel }: CancelDialogProps): JSX.Element {
  const t = useWords(words);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("cancelTitle")}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("cancelKeep")}
          </Button>
          <Button onClick={() => onCancel("terminate")}>{t("terminateDo")}</Button>
          <Button variant="danger" onClick={() => onCancel("cancel")}>
            {t("cancelDo")}
          </Button>
        </>
      }
    >
      <p className="text-14 text-text-2">{t("cancelText")}</p>
    </Dialog>
  );
}
