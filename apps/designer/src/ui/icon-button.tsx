import type { LucideIcon } from "lucide-react";
import type { ComponentPropsWithRef, JSX } from "react";
import type { ButtonSize } from "./button.tsx";
import { cx } from "./cx.ts";
import { Tooltip } from "./tooltip.tsx";

const SIZE: Readonly<Record<ButtonSize, string>> = { sm: "size-6", md: "size-7", lg: "size-9" };

export interface IconButtonProps extends ComponentPropsWithRef<"button"> {
  readonly icon: LucideIcon;
  /** Its name: spoken, and shown beside it on hover and focus. */
  readonly label: string;
  readonly size?: ButtonSize | undefined;
  readonly kbd?: string | undefined;
  /** For a button that stays down. */
  readonly pressed?: boolean | undefined;
  readonly side?: "top" | "right" | "bottom" | "left" | undefined;
}

export function IconButton({
  icon: Icon,
  label,
  size = "md",
  kbd,
  pressed,
  side,
  ...rest
}: IconButtonProps): JSX.Element {
  const { className, type, ...props } = rest;
  return (
    <Tooltip text={label} kbd={kbd} side={side}>
      <button
        type={type ?? "button"}
        aria-label={label}
        aria-pressed={pressed}
        {...props}
        className={cx(
          "inline-grid shrink-0 place-items-center rounded-sm border border-transparent text-text-2 transition-colors duration-(--hf-fast) hover:bg-surface-hover hover:text-text",
          "disabled:pointer-events-none disabled:opacity-45 data-popup-open:bg-surface-hover pointer-coarse:size-11",
          pressed === true && "bg-accent-soft text-accent-text",
          SIZE[size],
          className,
        )}
      >
        <Icon aria-hidden className={size === "sm" ? "size-3.5" : "size-4"} strokeWidth={1.75} />
      </button>
    </Tooltip>
  );
}
