import type { JSX } from "react";
import { relativeText } from "../../ui/time.ts";
import { useNow } from "../../ui/now.ts";
import { useWords } from "../../words/use-words.tsx";
import { answerOf } from "./answers.ts";
import type { Task } from "./groups.ts";
import { words } from "./words.ts";

/** In place of the buttons: why nothing can be decided here. */
export function Ended({ task }: { readonly task: Task }): JSX.Element {
  const t = useWords(words);
  const now = useNow();
  return <p className="px-5 py-4 text-14 text-text-2">{sentence()}</p>;

  function sentence(): string {
    const when = relativeText(new Date(task.closedAt ?? task.openedAt), now, t.language);
    if (task.decision !== null) {
      const { outcome, via, decidedAt } = task.decision;
      const name = task.decidedBy ?? "";
      return t("decidedBy", {
        name,
        answer: answerOf(outcome, t).label,
        when: relativeText(new Date(decidedAt), now, t.language),
        door: via,
      });
    }
    if (task.status === "expired") return t("expired", { when });
    if (task.status === "canceled") return t("canceled", { when });
    if (task.mayNot?.code === "requester_may_not_decide") return t("ownRequest");
    return task.mayNot?.code === "not_assigned" ? t("notAssigned") : (task.mayNot?.message ?? "");
  }
}
