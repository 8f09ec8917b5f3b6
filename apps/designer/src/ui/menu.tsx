import { Menu as Base } from "@base-ui/react/menu";
import { Check, type LucideIcon } from "lucide-react";
import type { JSX, ReactElement, ReactNode } from "react";
import { cx } from "./cx.ts";
import { Kbd } from "./kbd.tsx";
import { POP, POP_ROW } from "./pop.ts";

export interface MenuAction {
  readonly label: string;
  readonly icon?: LucideIcon | undefined;
  readonly kbd?: string | undefined;
  readonly danger?: boolean | undefined;
  /** Why it can't be done now. */
  readonly disabled?: string | undefined;
  /** For a choice among several: a tick stands at the one that holds. */
  readonly checked?: boolean | undefined;
  readonly onSelect: () => void;
}

export type MenuItem = MenuAction | "separator" | { readonly heading: string };

export interface MenuProps {
  /** A Button or an IconButton. */
  readonly trigger: ReactElement;
  readonly items: readonly MenuItem[];
  readonly side?: "top" | "right" | "bottom" | "left" | undefined;
  readonly align?: "start" | "center" | "end" | undefined;
  /** Above the items: who or what this is about. */
  readonly header?: ReactNode;
}

export function Menu({ trigger, items, side = "bottom", align = "end", header }: MenuProps): JSX.Element {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={4} collisionPadding={8} className="z-50">
          <Base.Popup className={cx(POP, "max-w-80 min-w-44 p-1")}>
            {header}
            {items.map((item, at) => (
              <MenuRow key={keyOf(item, at)} item={item} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** A menu where something was pressed. */
export function PointMenu(props: {
  at: { readonly x: number; readonly y: number };
  items: readonly MenuItem[];
  /** Left without a choice. */
  onClose: () => void;
}): JSX.Element {
  const { at, items, onClose } = props;
  const anchor = { getBoundingClientRect: () => new DOMRect(at.x, at.y, 0, 0) };
  return (
    <Base.Root
      open
      modal={false}
      onOpenChange={(open, { reason }) => {
        if (!open && reason !== "item-press") onClose();
      }}
    >
      <Base.Portal>
        <Base.Positioner anchor={anchor} side="bottom" align="start" collisionPadding={8} className="z-50">
          <Base.Popup className={cx(POP, "max-w-80 min-w-44 p-1")} finalFocus={false}>
            {items.map((item, index) => (
              <MenuRow key={keyOf(item, index)} item={item} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function keyOf(item: MenuItem, at: number): string {
  if (item === "separator") return `separator ${at}`;
  return "heading" in item ? `heading ${item.heading}` : item.label;
}

function MenuRow({ item }: { item: MenuItem }): JSX.Element {
  if (item === "separator") return <Base.Separator className="-mx-1 my-1 h-px bg-border" />;
  if ("heading" in item) {
    return <div className="px-2 pt-1.5 pb-0.5 text-11 font-medium text-text-3">{item.heading}</div>;
  }
  const { icon: Icon, label, kbd, danger = false, disabled, checked, onSelect } = item;
  return (
    <Base.Item
      onClick={onSelect}
      disabled={disabled !== undefined}
      label={label}
      aria-checked={checked}
      role={checked === undefined ? "menuitem" : "menuitemradio"}
      className={cx(POP_ROW, danger && disabled === undefined && "text-failed-text")}
    >
      {Icon !== undefined && <Icon aria-hidden className="size-4 shrink-0 opacity-80" strokeWidth={1.75} />}
      <span className="min-w-0 flex-1">
        {label}
        {disabled !== undefined && <span className="block text-11 text-text-3">{disabled}</span>}
      </span>
      {checked === true && <Check aria-hidden className="size-3.5 text-accent-text" strokeWidth={1.75} />}
      {kbd !== undefined && <Kbd>{kbd}</Kbd>}
    </Base.Item>
  );
}
