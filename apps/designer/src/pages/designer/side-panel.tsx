import { useCallback, useRef, useState, type JSX, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import { cx } from "../../ui/cx.ts";
import { useWords } from "../../words/use-words.tsx";
import { words } from "./words.ts";

export interface SidePanelProps {
  /** Under which its width is remembered. */
  readonly name: string;
  readonly side: "left" | "right";
  readonly width: number;
  readonly least: number;
  readonly most: number;
  readonly className?: string;
  readonly children: ReactNode;
}

const STEP = 16;

/** A panel whose inner edge can be dragged, or moved with the arrows. */
export function SidePanel(props: SidePanelProps): JSX.Element {
  const { name, side, least, most, className, children } = props;
  const t = useWords(words);
  const stored = `holdfast.width.${name}`;
  const [width, setWidth] = useState(() => within(Number(localStorage.getItem(stored) ?? props.width), props));
  const from = useRef<{ x: number; width: number }>(undefined);
  const change = useCallback(
    (next: number) => {
      const kept = within(next, { least, most, width: next });
      setWidth(kept);
      localStorage.setItem(stored, String(kept));
    },
    [stored, least, most],
  );
  const sign = side === "left" ? 1 : -1;
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, width };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (from.current !== undefined) change(from.current.width + sign * (event.clientX - from.current.x));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    change(width + sign * (event.key === "ArrowRight" ? STEP : -STEP));
  };
  return (
    <div className={cx("relative flex min-h-0 shrink-0 flex-col", className)} style={{ width }}>
      {children}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={t("panelWidth")}
        aria-valuenow={width}
        aria-valuemin={least}
        aria-valuemax={most}
        tabIndex={0}
        className={cx(
          "absolute inset-y-0 z-20 w-1.5 cursor-col-resize touch-none hover:bg-border-strong focus-visible:bg-focus max-[899px]:hidden",
          side === "left" ? "-right-[3px]" : "-left-[3px]",
        )}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          from.current = undefined;
        }}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

function within(width: number, { least, most, width: usual }: { least: number; most: number; width: number }): number {
  return Number.isFinite(width) && width > 0 ? Math.max(least, Math.min(most, width)) : usual;
}
