import { Switch } from "@base-ui/react/switch";
import type { JSX, ReactNode } from "react";
import { cx } from "./cx.ts";

export interface ToggleProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** Beside it. One without words has `name`. */
  readonly label?: ReactNode;
  readonly name?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly className?: string | undefined;
}

/** On or off, at once. */
export function Toggle({ checked, onChange, label, name, disabled, className }: ToggleProps): JSX.Element {
  const toggle = (
    <Switch.Root
      checked={checked}
      disabled={disabled}
      onCheckedChange={(next) => onChange(next)}
      aria-label={name}
      className="group relative h-4 w-7 shrink-0 rounded-full border-[1.5px] border-border-control transition-colors duration-(--hf-fast) data-checked:border-accent data-checked:bg-accent data-disabled:opacity-60"
    >
      <Switch.Thumb className="absolute top-1/2 left-[1.5px] size-2.5 -translate-y-1/2 rounded-full bg-border-control transition-transform duration-(--hf-fast) data-checked:translate-x-[11.5px] data-checked:bg-on-accent" />
    </Switch.Root>
  );
  if (label === undefined) return toggle;
  return (
    <label className={cx("flex min-h-6 items-center gap-2.5 pointer-coarse:min-h-11", className)}>
      {toggle}
      <span className="min-w-0">{label}</span>
    </label>
  );
}
