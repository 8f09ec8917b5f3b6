/** Answers in words: the usual ones in the reader's language, others as the flow names them. */
import type { LucideIcon } from "lucide-react";
import { Check, CircleDot, X } from "lucide-react";
import type { Translate } from "../../words/use-words.tsx";
import type { words } from "./words.ts";

type T = Translate<keyof (typeof words)["en"]>;

export interface Answer {
  readonly port: string;
  readonly label: string;
  /** What is said once it was given. */
  readonly given: string;
  readonly icon: LucideIcon;
  /** The key that focuses it. */
  readonly key?: string;
}

const readable = (port: string): string => {
  const spaced = port.replaceAll(/[_-]+|(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

export function answerOf(port: string, t: T): Answer {
  if (/^(approved?|accepted?|yes)$/i.test(port)) {
    return { port, label: t("approve"), given: t("approved"), icon: Check, key: "A" };
  }
  if (/^(rejected?|refused?|declined?|no)$/i.test(port)) {
    return { port, label: t("reject"), given: t("rejected"), icon: X, key: "R" };
  }
  const label = readable(port);
  return { port, label, given: label, icon: CircleDot };
}
