import { Popover as Base } from "@base-ui/react/popover";
import type { JSX, ReactElement, ReactNode } from "react";
import { cx } from "./cx.ts";
import { POP } from "./pop.ts";

export interface PopoverProps {
  /** A Button or an IconButton. */
  readonly trigger: ReactElement;
  readonly title?: ReactNode;
  /** What it is called where no title stands in it. */
  readonly label?: string | undefined;
  readonly children: ReactNode;
  readonly side?: "top" | "right" | "bottom" | "left" | undefined;
  readonly align?: "start" | "center" | "end" | undefined;
  readonly open?: boolean | undefined;
  readonly onOpenChange?: ((open: boolean) => void) | undefined;
  readonly className?: string | undefined;
}

export function Popover(props: PopoverProps): JSX.Element {
  const { trigger, title, label, children, side = "bottom", align = "center", open, onOpenChange, className } = props;
  return (
    <Base.Root {...(open === undefined ? {} : { open })} onOpenChange={(next) => onOpenChange?.(next)}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup
            {...(label === undefined ? {} : { "aria-label": label })}
            className={cx(POP, "w-80 max-w-[calc(100vw-1rem)] p-3", className)}
          >
            {title !== undefined && <Base.Title className="mb-2 text-13 font-semibold">{title}</Base.Title>}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
