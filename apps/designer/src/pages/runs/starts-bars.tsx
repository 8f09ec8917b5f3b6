import type { JSX } from "react";
import type { Outputs } from "../../rpc/outputs.ts";
import { localeOf } from "../../ui/time.ts";
import { useWords } from "../../words/use-words.tsx";
import { words } from "./words.ts";

const HEIGHT = 34;
const HOUR = 3_600_000;

/** When runs began, the failed ones of each bar on top. */
export function StartsBars({ starts }: { readonly starts: Outputs["runs"]["starts"] }): JSX.Element {
  const t = useWords(words);
  const { bars, from, to } = starts;
  const most = Math.max(1, ...bars.map(({ runs }) => runs));
  const hours = Math.round((Date.parse(to) - Date.parse(from)) / Math.max(1, bars.length) / HOUR);
  const unit = hours >= 24 ? t("perDay") : t("perHours", { n: hours });
  const total = bars.reduce((sum, { runs }) => sum + runs, 0);
  const day = new Intl.DateTimeFormat(localeOf(t.language), { day: "numeric", month: "short" });
  const height = (runs: number): number => (runs === 0 ? 0 : Math.max(2, Math.round((runs / most) * HEIGHT)));
  return (
    <figure className="flex min-w-60 flex-1 flex-col px-4 pt-2 max-lg:hidden">
      <div
        role="img"
        aria-label={`${t("shown", { n: total, more: "false" })}, ${t("startedPer", { unit })}`}
        className="flex h-[34px] items-end gap-0.5"
      >
        {bars.map(({ at, runs, failed }) => (
          <span key={at} className="flex flex-1 flex-col" title={`${day.format(new Date(at))}: ${runs}`}>
            <span className="block bg-failed" style={{ height: Math.min(height(failed), height(runs)) }} />
            <span className="block bg-edge" style={{ height: Math.max(0, height(runs) - height(failed)) }} />
          </span>
        ))}
      </div>
      <figcaption className="flex justify-between text-11 text-text-3">
        <span>{day.format(new Date(from))}</span>
        <span>{t("startedPer", { unit })}</span>
        <span>{t("now")}</span>
      </figcaption>
    </figure>
  );
}
