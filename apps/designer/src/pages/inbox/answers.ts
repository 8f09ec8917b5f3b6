/** Answers in words: the usual ones in the reader's language, others as the flow names them. */
import type { LucideIcon } from "lucide-react";
import { Check, CircleDot, X } from "lucide-react";
import { readable } from "../../values/readable.ts";
import type { Translate } from "../../words/use-words.tsx";
import type { words } from "./words.ts";

export type T = Translate<keyof (typeof words)["en"]>;

export interface Answer {
  readonly port: string;
  readonly label: string;
  /** What is said once it was given. */
  readonly given: string;
  readonly icon: LucideIcon;
  /** The key that focuses it. */
  readonly key?: string;
}

/** What answers are called, where whoever asks has words of their own. */
export type Titles = Readonly<Record<string, string>>;

const NO_TITLES: Titles = {};

export function answerOf(port: string, t: T, titles: Titles = NO_TITLES): Answer {
  const title = titles[port];
  const own = title === undefined ? {} : { label: title, given: title };
  if (/^(approved?|accepted?|yes)$/i.test(port)) {
    return { port, label: t("approve"), given: t("approved"), icon: Check, key: "A", ...own };
  }
  if (/^(rejected?|refused?|declined?|no)$/i.test(port)) {
    return { port, label: t("reject"), given: t("rejected"), icon: X, key: "R", ...own };
  }
  const label = readable(port);
  return { port, label, given: label, icon: CircleDot, ...own };
}

/** All that a task takes. A is the first and R the second where no answer is called so. */
export function answersOf(
  { outcomes, outcomeTitles }: { readonly outcomes: readonly string[]; readonly outcomeTitles: Titles },
  t: T,
): readonly Answer[] {
  const answers = outcomes.map((port) => answerOf(port, t, outcomeTitles));
  const used = new Set(answers.map(({ key }) => key));
  return answers.map((answer, at) => {
    const key = ["A", "R"][at];
    return answer.key === undefined && key !== undefined && !used.has(key) ? { ...answer, key } : answer;
  });
}
