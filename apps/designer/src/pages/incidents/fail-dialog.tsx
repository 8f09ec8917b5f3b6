import type { JSX } from "react";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { explain } from "../../ui/problem.ts";
import { useWords } from "../../words/use-words.tsx";
import { words } from "./words.ts";

export interface FailDialogProps {
  readonly open: boolean;
  readonly count: number;
  readonly error: unknown;
  readonly onClose: () => void;
  readonly onFail: () => void;
}

export function FailDialog({ open, count, error, onClose, onFail }: FailDialogProps): JSX.Element {
  const t = useWords(words);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("failTitle", { n: count })}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("keep")}
          </Button>
          <Button variant="danger" onClick={onFail}>
            {t("failDo", { n: count })}
          </Button>
        </>
      }
    >
      <p className="text-14 text-text-2">{t("failText")}</p>
      {error !== null && error !== undefined && (
        <p role="alert" className="mt-2 text-failed-text">
          {explain(error).what}
        </p>
      )}
    </Dialog>
  );
}
