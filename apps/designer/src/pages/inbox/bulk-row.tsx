import type { JSX } from "react";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/checkbox.tsx";
import { withMoney } from "../../values/money-text.ts";
import { shownValue } from "../../values/shown-value.ts";
import { useWords } from "../../words/use-words.tsx";
import type { Chosen } from "./chosen.ts";
import { figureText, type InboxTask, rowFacts } from "./groups.ts";
import { words } from "./words.ts";

export interface BulkRowProps {
  readonly task: InboxTask;
  readonly chosen: Chosen;
  readonly onOpen: (task: InboxTask) => void;
}

/** One of several: it can be left out, or looked at by itself. */
export function BulkRow({ task, chosen, onOpen }: BulkRowProps): JSX.Element {
  const t = useWords(words);
  const { figure, line } = rowFacts(task);
  return (
    <li className="flex items-center gap-2 border-b border-border py-1 text-14">
      <label className="-ml-2 grid size-8 shrink-0 place-items-center pointer-coarse:size-11">
        <Checkbox
          checked={chosen.ids.has(task.id)}
          name={t("chooseTask", { title: task.title })}
          onChange={() => chosen.toggle(task.id)}
        />
      </label>
      <span className="min-w-0 flex-1">
        <span className="block truncate">{withMoney(task.title, t.language)}</span>
        <span className="block truncate text-12 text-text-2">
          {line.map((one) => shownValue(one, t.language)).join(", ")}
        </span>
      </span>
      <span className="font-medium tabular-nums">{figure !== undefined && figureText(figure, t.language)}</span>
      <Button variant="ghost" size="sm" onClick={() => onOpen(task)}>
        {t("look")}
      </Button>
    </li>
  );
}
