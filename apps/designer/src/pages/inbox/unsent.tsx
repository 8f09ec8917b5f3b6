import { Copy } from "lucide-react";
import type { JSX } from "react";
import { Button } from "../../ui/button.tsx";
import { done, failed } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import { Difference, differenceOf } from "./difference.tsx";
import type { Task } from "./groups.ts";
import type { DecisionState } from "./use-decision.ts";
import { words } from "./words.ts";

export interface UnsentProps {
  readonly task: Task;
  readonly state: DecisionState;
}

/** What somebody was writing when the answer was taken out of their hands: nothing of it goes away by itself. */
export function Unsent({ task, state }: UnsentProps): JSX.Element | null {
  const t = useWords(words);
  if (!state.unsent) return null;
  const comment = state.comment.trim();
  const copy = (): void => {
    navigator.clipboard.writeText(comment).then(
      () => done(t("unsentCopied")),
      () => failed(t("unsentNotCopied")),
    );
  };
  return (
    <section aria-label={t("unsent")} className="mt-4 rounded-md border border-border-strong px-3.5 py-2.5">
      <h3 className="text-13 font-semibold">{t("unsent")}</h3>
      {comment !== "" && (
        <p className="mt-1 text-14 break-words whitespace-pre-wrap select-all text-text-2">{comment}</p>
      )}
      <Difference form={task.form} changes={differenceOf(task.prefill, state.values)} />
      <div className="mt-2 flex flex-wrap gap-2">
        {comment !== "" && (
          <Button size="sm" icon={Copy} onClick={copy}>
            {t("unsentCopy")}
          </Button>
        )}
        <Button size="sm" variant="ghost" onClick={state.forget}>
          {t("unsentForget")}
        </Button>
      </div>
    </section>
  );
}
