import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check, Minus } from "lucide-react";
import type { JSX, ReactNode } from "react";
import { cx } from "./cx.ts";

export interface CheckboxProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** Beside the box. A box without words has `name`. */
  readonly label?: ReactNode;
  readonly name?: string | undefined;
  readonly indeterminate?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly className?: string | undefined;
}

export function Checkbox(props: CheckboxProps): JSX.Element {
  const { checked, onChange, label, name, indeterminate = false, disabled, className } = props;
  const box = (
    <Base.Root
      checked={checked}
      indeterminate={indeterminate}
      disabled={disabled}
      onCheckedChange={(next) => onChange(next)}
      aria-label={name}
      className="grid size-4 shrink-0 place-items-center rounded-xs border border-border-control bg-surface text-on-accent data-checked:border-accent data-checked:bg-accent data-disabled:opacity-60 data-indeterminate:border-accent data-indeterminate:bg-accent"
    >
      <Base.Indicator className="grid">
        {indeterminate ? <Minus aria-hidden className="size-3" /> : <Check aria-hidden className="size-3" />}
      </Base.Indicator>
    </Base.Root>
  );
  if (label === undefined) return box;
  return (
    <label className={cx("flex min-h-6 items-center gap-2 pointer-coarse:min-h-11", className)}>
      {box}
      <span className="min-w-0">{label}</span>
    </label>
  );
}
