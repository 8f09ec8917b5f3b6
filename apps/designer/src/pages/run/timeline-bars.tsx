import type { JSX } from "react";
import { cx } from "../../ui/cx.ts";
import { DAY, durationText, localeOf } from "../../ui/time.ts";
import { useWords } from "../../words/use-words.tsx";
import type { TimeAxis } from "./time-axis.ts";
import type { Bar } from "./timeline.ts";
import { words } from "./words.ts";

/** The form of each kind of bar; the legend shows the same. */
export const BAR: Readonly<Record<Bar["kind"], string>> = {
  work: "bg-completed",
  failed: "border border-failed bg-failed-soft",
  waiting:
    "bg-[repeating-linear-gradient(115deg,var(--hf-waiting)_0_2px,var(--hf-waiting-soft)_2px_6px)] shadow-[inset_0_0_0_1px_var(--hf-waiting)]",
  ahead: "border border-dashed border-waiting",
  incident:
    "bg-[repeating-linear-gradient(115deg,var(--hf-incident)_0_2px,var(--hf-incident-soft)_2px_6px)] shadow-[inset_0_0_0_1px_var(--hf-incident)]",
};

/** What part of the axis two of its labels need between them. */
const ROOM = 0.34;

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

export function TimelineBars({
  bars,
  axis,
  small = false,
}: {
  bars: readonly Bar[];
  axis: TimeAxis;
  small?: boolean;
}): JSX.Element {
  return (
    <span aria-hidden className="relative h-full">
      {bars.map((bar) => {
        const left = axis.place(bar.from);
        return (
          <span
            key={`${bar.kind} ${bar.from}`}
            className={cx(
              "absolute min-w-[3px] rounded-[2px]",
              small ? "top-[7px] h-2.5" : "top-[11px] h-3",
              BAR[bar.kind],
            )}
            style={{ left: percent(left), width: percent(axis.place(bar.to) - left) }}
          />
        );
      })}
    </span>
  );
}

interface GroundProps {
  readonly axis: TimeAxis;
  readonly now?: number | undefined;
  readonly columns: string;
}

/** The head of the axis, its lines, the folds, and the present. */
export function TimelineGround({ axis, now, columns }: GroundProps): JSX.Element {
  const t = useWords(words);
  const { from, to } = axis.span;
  const over = now === undefined;
  const lines = over ? [from, to] : [from, to].filter((time) => Math.abs(axis.place(time) - axis.place(now)) > ROOM);
  return (
    <>
      <div className={cx(columns, "sticky top-0 z-10 h-[34px] border-b border-border bg-surface text-11 text-text-3")}>
        <span />
        <span className="relative h-full">
          {lines.map((time) => (
            <AxisLabel key={time} place={axis.place(time)}>
              {time === from ? durationText(0, t.language) : endLabel(time - from, time, t.language)}
            </AxisLabel>
          ))}
          {!over && (
            <AxisLabel place={axis.place(now)} strong>
              {t("now")}
            </AxisLabel>
          )}
        </span>
      </div>
      <div aria-hidden className={cx(columns, "pointer-events-none absolute inset-x-0 top-[34px] bottom-0")}>
        <span />
        <span className="relative h-full">
          {[from, to].map((time) => (
            <span
              key={time}
              className="absolute inset-y-0 w-px bg-border"
              style={{ left: percent(axis.place(time)) }}
            />
          ))}
          {axis.folds.map((fold) => (
            <span
              key={fold.from}
              title={t("foldedTime", { time: durationText(fold.to - fold.from, t.language) })}
              className="hf-fold absolute inset-y-0 -ml-1 w-[9px]"
              style={{ left: percent(fold.place) }}
            />
          ))}
          {!over && (
            <span className="absolute inset-y-0 w-[1.5px] bg-accent" style={{ left: percent(axis.place(now)) }} />
          )}
        </span>
      </div>
    </>
  );
}

interface AxisLabelProps {
  readonly place: number;
  readonly strong?: boolean;
  readonly children: string;
}

function AxisLabel({ place, strong = false, children }: AxisLabelProps): JSX.Element {
  return (
    <span
      className={cx("absolute top-[9px] whitespace-nowrap", alignment(place), strong && "font-medium text-accent-text")}
      style={{ left: percent(place) }}
    >
      {children}
    </span>
  );
}

/** Labels stay over the axis. */
function alignment(place: number): string {
  if (place > 0.85) return "-translate-x-full";
  return place > 0.1 ? "-translate-x-1/2" : "";
}

/** Within a day how long it took, else the date. */
function endLabel(length: number, time: number, language: "en" | "uk"): string {
  if (length < DAY) return durationText(length, language);
  return new Intl.DateTimeFormat(localeOf(language), { day: "numeric", month: "short" }).format(time);
}
