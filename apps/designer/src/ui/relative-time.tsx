import type { JSX } from "react";
import { useLanguage } from "../words/use-words.tsx";
import { useNow } from "./now.ts";
import { exactText, relativeText } from "./time.ts";

export type Instant = string | number | Date;

/** "3 h ago"; the exact time on hover. */
export function RelativeTime({ at, className }: { at: Instant; className?: string }): JSX.Element {
  const language = useLanguage();
  const now = useNow();
  const date = new Date(at);
  return (
    <time dateTime={date.toISOString()} title={exactText(date, language)} className={className}>
      {relativeText(date, now, language)}
    </time>
  );
}
