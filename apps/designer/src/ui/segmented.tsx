import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import type { LucideIcon } from "lucide-react";
import type { JSX, ReactNode } from "react";
import { cx } from "./cx.ts";

/** The look of the ground and of one part; the pages of a flow use it for links. */
export const SEGMENTS = "inline-flex gap-0.5 rounded-[6px] bg-surface-hover p-0.5";
export const SEGMENT =
  "flex h-6 items-center gap-1.5 rounded-[4px] px-2.5 font-medium whitespace-nowrap text-text-2 hover:text-text pointer-coarse:h-10";
export const SEGMENT_ON = "bg-surface-raised !text-text shadow-[0_0_0_1px_var(--hf-border-strong)]";

export interface SegmentedProps<T extends string> {
  readonly value: T;
  readonly options: readonly {
    readonly value: T;
    readonly label: string;
    readonly icon?: LucideIcon | undefined;
    readonly badge?: ReactNode;
  }[];
  readonly onChange: (value: T) => void;
  readonly label: string;
  readonly size?: "sm" | "md" | undefined;
  readonly className?: string | undefined;
}

/** One of two to five, all of them seen. */
export function Segmented<T extends string>({
  value,
  options,
  onChange,
  label,
  size,
  className,
}: SegmentedProps<T>): JSX.Element {
  return (
    <ToggleGroup<T>
      aria-label={label}
      value={[value]}
      onValueChange={([next]) => {
        if (next !== undefined) onChange(next);
      }}
      className={cx(SEGMENTS, className)}
    >
      {options.map(({ value: each, label: text, icon: Icon, badge }) => (
        <Toggle
          key={each}
          value={each}
          className={cx(SEGMENT, size === "sm" && "h-5 px-2 text-12", each === value && SEGMENT_ON)}
        >
          {Icon !== undefined && <Icon aria-hidden className="size-3.5" strokeWidth={1.75} />}
          {text}
          {badge}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
