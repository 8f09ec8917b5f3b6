import type { RefObject } from "react";
import { announce } from "../../keys/announce.ts";
import { useCommands } from "../../keys/use-commands.ts";
import { useWords } from "../../words/use-words.tsx";
import type { Answer } from "./answers.ts";
import type { Task } from "./groups.ts";
import type { DecisionState } from "./use-decision.ts";
import { words } from "./words.ts";

/** To the first of these in the card; a frame later, when what has just changed is drawn. */
export function focusOn(card: RefObject<HTMLElement | null>, selector: string): void {
  requestAnimationFrame(() => {
    const found = card.current?.querySelector<HTMLElement>(selector);
    // With what stands around it: below a field it says what is wrong.
    found?.scrollIntoView({ block: "center" });
    found?.focus();
  });
}

interface AnswerKeys {
  readonly task: Task;
  readonly answers: readonly Answer[];
  readonly decidable: boolean;
  readonly card: RefObject<HTMLDivElement | null>;
  readonly changed: number;
  readonly state: DecisionState;
  readonly onReady: (port: string) => void;
}

/**
 * A key alone never decides: it brings the focus to the answer, and Enter gives it. A letter that was meant for a field
 * would otherwise decide, and ten seconds help only those who look.
 */
export function useAnswerKeys({ task, answers, decidable, card, changed, state, onReady }: AnswerKeys): void {
  const t = useWords(words);
  const begin = ({ port, label }: Answer): void => {
    const lacks = task.reasonFor.includes(port) && state.comment.trim() === "";
    if (lacks) {
      announce(t("sayWhy", { answer: label }));
      focusOn(card, "textarea[data-reason]");
      return;
    }
    onReady(port);
    announce(t(changed > 0 ? "readyChanged" : "ready", { answer: label }));
    card.current?.querySelector<HTMLButtonElement>(`[data-answer="${CSS.escape(port)}"]`)?.focus();
  };
  useCommands(
    decidable
      ? [
          ...answers.map((answer) => ({
            id: `inbox.answer.${answer.port}`,
            label: t("openTask", { answer: answer.label }),
            keys: answer.key,
            group: t("title"),
            run: () => begin(answer),
          })),
          {
            id: "inbox.edit",
            label: t("edit"),
            keys: "E",
            group: t("title"),
            run: () => focusOn(card, "[data-form] input:not([type=hidden]), [data-form] textarea, [data-form] button"),
          },
        ]
      : [],
  );
}
