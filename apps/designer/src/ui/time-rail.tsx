import type { JSX } from "react";
import { cx } from "./cx.ts";

export interface TimeRailProps {
  /** Units of the whole wait: 7 for seven days. Over 24 the rail is drawn as one. */
  readonly total: number;
  /** Units that have passed; may be part of one. */
  readonly done: number;
  /** Where reminders stand, in units from the start. */
  readonly marks?: readonly number[] | undefined;
  /** The same in words, for who doesn't see it. */
  readonly label: string;
  /** `plan`: nothing has begun; `over`: the time is out. */
  readonly kind?: "live" | "plan" | "over" | undefined;
  readonly className?: string | undefined;
}

const HUE = { live: "text-waiting", plan: "text-edge", over: "text-failed" } as const;

/** The part of segment `at` that has passed, 0 to 1. */
export function passed(at: number, done: number): number {
  return Math.max(0, Math.min(1, done - at));
}

/** How many segments a wait of so many units is drawn with. */
export function segments(total: number): number {
  if (!Number.isFinite(total) || total <= 0) return 1;
  return total > 24 ? 1 : Math.ceil(total);
}

/** One segment per unit of a wait: filled has passed, hollow is left; a triangle below is a reminder. */
export function TimeRail({ total, done, marks = [], label, kind = "live", className }: TimeRailProps): JSX.Element {
  const count = segments(total);
  const scale = count / (total > 0 ? total : 1);
  return (
    <span role="img" aria-label={label} className={cx("relative flex h-1.5 gap-0.5", HUE[kind], className)}>
      {Array.from({ length: count }, (_, at) => (
        <span key={at} className="relative flex-1 overflow-hidden rounded-[1px] shadow-[inset_0_0_0_1px_currentColor]">
          <span
            className="absolute inset-y-0 left-0 bg-current"
            style={{ width: `${passed(at, done * scale) * 100}%` }}
          />
        </span>
      ))}
      {marks.map((mark) => (
        <span
          key={mark}
          className="absolute top-2 -ml-[3.5px] h-1 w-[7px] bg-text-2 [clip-path:polygon(50%_0,100%_100%,0_100%)]"
          style={{ left: `${(mark / total) * 100}%` }}
        />
      ))}
    </span>
  );
}
