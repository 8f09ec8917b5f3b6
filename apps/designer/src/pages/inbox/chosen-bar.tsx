import type { JSX } from "react";
import { Button } from "../../ui/button.tsx";
import { useWords } from "../../words/use-words.tsx";
import { canBeChosen, type Chosen } from "./chosen.ts";
import type { InboxTask } from "./groups.ts";
import { words } from "./words.ts";

export interface ChosenBarProps {
  readonly chosen: Chosen;
  /** The open one: what others may be like. */
  readonly task: InboxTask | undefined;
  readonly onTogether: () => void;
}

/** While tasks are being chosen: how many, more of the same, and on to deciding them. */
export function ChosenBar({ chosen, task, onTogether }: ChosenBarProps): JSX.Element {
  const t = useWords(words);
  const like = chosen.tasks[0] ?? task;
  const n = chosen.tasks.length;
  return (
    <div
      role="group"
      aria-label={t("choosing")}
      className="flex shrink-0 flex-wrap items-center gap-2 border-t border-border bg-surface-sunken px-4 py-2"
    >
      <span className="text-12 font-medium tabular-nums">{t("chosenCount", { n })}</span>
      <span className="flex-1" />
      {like !== undefined && canBeChosen(like) && (
        <Button variant="ghost" size="sm" onClick={() => chosen.chooseLike(like)}>
          {t("chooseLike")}
        </Button>
      )}
      <Button variant="ghost" size="sm" onClick={chosen.clear}>
        {t("cancel")}
      </Button>
      <Button variant="primary" size="sm" kbd="B" disabled={n === 0} onClick={onTogether}>
        {t("together")}
      </Button>
    </div>
  );
}
