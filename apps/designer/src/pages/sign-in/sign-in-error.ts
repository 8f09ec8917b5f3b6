import { codeOf, detailsOf, problemOf } from "../../ui/problem.ts";
import type { Translate } from "../../words/use-words.tsx";
import type { words } from "./words.ts";

type Word = keyof (typeof words)["en"];

/** What a refused try says. */
export function signInError(error: unknown, t: Translate<Word>): string {
  const { triesLeft, retryAfter } = detailsOf(error);
  const minutes = Math.max(1, Math.ceil((typeof retryAfter === "number" ? retryAfter : 0) / 60));
  if (codeOf(error) === "sign_in_failed") {
    return t("wrong", { left: typeof triesLeft === "number" ? triesLeft : 1, minutes });
  }
  if (codeOf(error) === "too_many_tries") return t("tooMany", { minutes });
  const title = problemOf(error)?.title;
  return typeof title === "string" ? title : t("unreachable");
}
