import type { LucideIcon } from "lucide-react";
import type { JSX, ReactNode } from "react";
import { cx } from "./cx.ts";
import { TONE_MARK, TONE_SOFT, TONE_TEXT, type Tone } from "./tone.ts";

export interface PillProps {
  readonly tone: Tone;
  readonly icon?: LucideIcon | undefined;
  readonly children: ReactNode;
  readonly className?: string | undefined;
}

/** A short statement in the hue of a state, always with its words. */
export function Pill({ tone, icon: Icon, children, className }: PillProps): JSX.Element {
  return (
    <span
      className={cx(
        "inline-flex items-center gap-[5px] rounded-[4px] py-0.5 pr-[7px] text-12 font-medium whitespace-nowrap",
        Icon === undefined ? "pl-[7px]" : "pl-[5px]",
        TONE_SOFT[tone],
        TONE_TEXT[tone],
        className,
      )}
    >
      {Icon !== undefined && <Icon aria-hidden className={cx("size-3.5", TONE_MARK[tone])} strokeWidth={1.75} />}
      {children}
    </span>
  );
}
