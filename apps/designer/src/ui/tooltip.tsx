import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { JSX, ReactElement, ReactNode } from "react";
import { Kbd } from "./kbd.tsx";

export interface TooltipProps {
  /** What it says. It never holds the only name of a thing: the trigger has a name of its own. */
  readonly text: ReactNode;
  readonly kbd?: string | undefined;
  readonly side?: "top" | "right" | "bottom" | "left" | undefined;
  /** The element that is explained; it takes a ref and the props of a button. */
  readonly children: ReactElement;
}

export function Tooltip({ text, kbd, side = "bottom", children }: TooltipProps): JSX.Element {
  return (
    <Base.Root>
      <Base.Trigger render={children} delay={400} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup className="hf-pop flex max-w-72 items-center gap-2 rounded-sm border border-border-strong bg-surface-raised px-2 py-1 text-12 text-text shadow-float">
            <span>{text}</span>
            {kbd !== undefined && <Kbd>{kbd}</Kbd>}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
