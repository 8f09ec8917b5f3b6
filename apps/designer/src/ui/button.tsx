import type { LucideIcon } from "lucide-react";
import type { ComponentPropsWithRef, JSX } from "react";
import { cx } from "./cx.ts";
import { Kbd } from "./kbd.tsx";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md" | "lg";

const VARIANT: Readonly<Record<ButtonVariant, string>> = {
  primary: "border-accent bg-accent text-on-accent hover:border-accent-hover hover:bg-accent-hover",
  secondary: "border-border-strong bg-surface text-text hover:bg-surface-hover",
  ghost: "border-transparent text-text-2 hover:bg-surface-hover hover:text-text",
  danger: "border-border-strong bg-surface text-failed-text hover:border-failed hover:bg-failed-soft",
};

const SIZE: Readonly<Record<ButtonSize, string>> = {
  sm: "h-6 gap-1.5 rounded-sm px-2 text-12",
  md: "h-7 gap-1.5 rounded-sm px-2.5 text-13",
  lg: "h-9 gap-2 rounded-[6px] px-3.5 text-14",
};

/** The look of a button, for links that act like one. */
export function buttonClass(variant: ButtonVariant = "secondary", size: ButtonSize = "md"): string {
  return cx(
    "inline-flex shrink-0 cursor-default items-center justify-center border font-medium whitespace-nowrap transition-colors duration-(--hf-fast) select-none",
    "disabled:pointer-events-none disabled:opacity-60 data-disabled:opacity-60 pointer-coarse:min-h-11",
    VARIANT[variant],
    SIZE[size],
  );
}

export interface ButtonProps extends ComponentPropsWithRef<"button"> {
  readonly variant?: ButtonVariant | undefined;
  readonly size?: ButtonSize | undefined;
  readonly icon?: LucideIcon | undefined;
  /** Keys that do the same, shown in a chip. */
  readonly kbd?: string | undefined;
}

/** A button says what happens; `…` when it asks first. */
export function Button({ variant = "secondary", size = "md", icon: Icon, kbd, ...rest }: ButtonProps): JSX.Element {
  const { className, children, type, ...props } = rest;
  return (
    <button type={type ?? "button"} {...props} className={cx(buttonClass(variant, size), className)}>
      {Icon !== undefined && <Icon aria-hidden className={size === "lg" ? "size-4" : "size-3.5"} strokeWidth={1.75} />}
      {children}
      {kbd !== undefined && <Kbd onAccent={variant === "primary"}>{kbd}</Kbd>}
    </button>
  );
}
