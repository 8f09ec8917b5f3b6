import { announce } from "../../keys/announce.ts";
import { useCommands } from "../../keys/use-commands.ts";
import { useWords } from "../../words/use-words.tsx";
import { canBeChosen, type Chosen } from "./chosen.ts";
import type { InboxTask } from "./groups.ts";
import { words } from "./words.ts";

export interface Triage {
  readonly go: (step: number) => void;
  readonly chosen: Chosen;
  readonly task: InboxTask | undefined;
  readonly onTogether: () => void;
}

/** From one task to the next, and choosing, without the mouse. */
export function useTriage({ go, chosen, task, onTogether }: Triage): void {
  const t = useWords(words);
  const group = t("title");
  const choose = (act: (task: InboxTask) => void): void => {
    if (task === undefined) return;
    if (!canBeChosen(task)) {
      announce(t("cantChoose"));
      return;
    }
    act(task);
    announce(t(chosen.ids.has(task.id) ? "notChosenNow" : "chosenNow", { title: task.title }));
  };
  useCommands([
    { id: "inbox.next", label: t("nextTask"), keys: "J", group, run: () => go(1) },
    { id: "inbox.previous", label: t("previousTask"), keys: "K", group, run: () => go(-1) },
    { id: "inbox.choose", label: t("chooseThis"), keys: "X", group, run: () => choose(({ id }) => chosen.toggle(id)) },
    {
      id: "inbox.chooseTo",
      label: t("chooseTo"),
      keys: "⇧X",
      group,
      run: () => choose(({ id }) => chosen.toggleTo(id)),
    },
    { id: "inbox.chooseLike", label: t("chooseLike"), keys: "⇧A", group, run: () => choose(chosen.chooseLike) },
    {
      id: "inbox.together",
      label: t("together"),
      keys: "B",
      group,
      when: () => chosen.tasks.length > 0,
      run: onTogether,
    },
    {
      id: "inbox.chooseNone",
      label: t("chooseNone"),
      keys: "Esc",
      group,
      when: () => chosen.choosing,
      run: chosen.clear,
    },
  ]);
}
