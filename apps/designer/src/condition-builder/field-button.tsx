import { Popover } from "@base-ui/react/popover";
import { useState, type JSX, type ReactNode } from "react";
import { chipLabel } from "../expression-field/chips.ts";
import { OutputPicker } from "../expression-field/output-picker.tsx";
import type { OutputItem } from "../expression-field/outputs-tree.ts";
import { CONTROL, CONTROL_SIZE } from "../ui/control.ts";
import { cx } from "../ui/cx.ts";
import { POP } from "../ui/pop.ts";

export interface FieldButtonProps {
  readonly label: string;
  /** The expression of the field; empty: not chosen yet. */
  readonly field: string;
  readonly placeholder: string;
  readonly items: readonly OutputItem[];
  readonly onChoose: (expression: string) => void;
  /** Instead of the field's name: an icon. */
  readonly children?: ReactNode;
}

/** The data that a row reads, chosen from the tree of outputs. */
export function FieldButton({ label, field, placeholder, items, onChoose, children }: FieldButtonProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const name = chipLabel(field);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        aria-label={field === "" ? label : `${label}: ${name}`}
        title={field}
        className={
          children === undefined
            ? cx(
                CONTROL,
                CONTROL_SIZE.sm,
                "min-h-7 truncate text-left font-mono",
                field === "" ? "text-text-3" : "text-accent-text",
              )
            : "grid size-6 shrink-0 place-items-center rounded-sm text-text-3 hover:bg-surface-hover hover:text-text"
        }
      >
        {children ?? (field === "" ? placeholder : shortName(name))}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="bottom" align="start" sideOffset={4} collisionPadding={8} className="z-50">
          <Popover.Popup aria-label={label} className={cx(POP, "w-80 max-w-[calc(100vw-1rem)] p-2")}>
            <OutputPicker
              items={items}
              autoFocus
              onChoose={(expression) => {
                setOpen(false);
                onChoose(expression);
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** In a narrow row the last name says most: `analyze.refundAmount` → `refundAmount`. */
function shortName(name: string): string {
  return /^[\w.]+$/.test(name) ? name.slice(name.lastIndexOf(".") + 1) : name;
}
