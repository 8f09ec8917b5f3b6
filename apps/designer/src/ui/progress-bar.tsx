import type { JSX } from "react";
import { cx } from "./cx.ts";

export interface ProgressBarProps {
  /** Of 1. */
  readonly part: number;
  /** What is being done, and of what. */
  readonly label: string;
  readonly className?: string | undefined;
}

/** How far something that is under way says it is. */
export function ProgressBar({ part, label, className }: ProgressBarProps): JSX.Element {
  const percent = Math.round(part * 100);
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={cx(
        "block h-1.5 overflow-hidden rounded-[3px] bg-running-soft shadow-[inset_0_0_0_1px_var(--hf-running)]",
        className,
      )}
    >
      <span
        className="block h-full bg-running transition-[width] duration-160 motion-reduce:transition-none"
        style={{ width: `${percent}%` }}
      />
    </span>
  );
}
