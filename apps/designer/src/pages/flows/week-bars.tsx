import type { JSX } from "react";
import { useWords } from "../../words/use-words.tsx";
import { words } from "./words.ts";

/** Pixels of the highest bar. */
const HEIGHT = 18;

/** The height of each day's bar; a day with any run is seen. */
export function barHeights(week: readonly number[]): readonly number[] {
  const most = Math.max(1, ...week);
  return week.map((runs) => (runs === 0 ? 1 : Math.max(3, Math.round((runs / most) * HEIGHT))));
}

/** Runs that began, one bar a day, today at the right. */
export function WeekBars({ week }: { week: readonly number[] }): JSX.Element {
  const t = useWords(words);
  const label = t("weekRuns", { count: week.reduce((sum, runs) => sum + runs, 0) });
  return (
    <span role="img" aria-label={label} title={label} className="flex h-[18px] items-end gap-0.5">
      {barHeights(week).map((height, day) => (
        // A day has no name of its own: its place says which.
        <span key={day} className="w-[7px] bg-edge" style={{ height }} />
      ))}
    </span>
  );
}
