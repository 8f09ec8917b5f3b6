import { useReactFlow, useStore } from "@xyflow/react";
import { ListTree, Maximize, Minus, Plus } from "lucide-react";
import { memo, type JSX, type ReactNode } from "react";
import { IconButton } from "../ui/icon-button.tsx";
import { cx } from "../ui/cx.ts";
import { useWords } from "../words/use-words.tsx";
import { words } from "./words.ts";

export interface ControlsProps {
  readonly side: "left" | "right";
  readonly onOutline: (() => void) | undefined;
  /** The overview, where there is one. */
  readonly children: ReactNode;
}

const FIT = { padding: 0.08, maxZoom: 1 };

/** Zoom, the whole flow, the outline, the overview. */
export function CanvasControls({ side, onOutline, children }: ControlsProps): JSX.Element {
  return (
    <div
      className={cx("absolute bottom-3 z-10 flex items-end gap-1", side === "left" ? "left-3" : "right-3")}
      data-canvas-controls
    >
      <Buttons onOutline={onOutline} />
      {children}
    </div>
  );
}

const Buttons = memo(function Buttons({ onOutline }: Pick<ControlsProps, "onOutline">): JSX.Element {
  const t = useWords(words);
  const { zoomIn, zoomOut, fitView, zoomTo } = useReactFlow();
  const duration = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 160;
  return (
    <div className="hf-float flex items-center gap-px p-[3px] text-12 text-text-2">
      <IconButton size="sm" icon={Minus} label={t("zoomOut")} onClick={() => void zoomOut({ duration })} />
      <button
        type="button"
        title={t("zoomReset")}
        className="h-6 w-[38px] rounded-sm text-center tabular-nums hover:bg-surface-hover pointer-coarse:h-11"
        onClick={() => void zoomTo(1, { duration })}
      >
        <Zoom />
      </button>
      <IconButton size="sm" icon={Plus} label={t("zoomIn")} onClick={() => void zoomIn({ duration })} />
      <span className="mx-[3px] h-4 w-px bg-border" />
      <IconButton size="sm" icon={Maximize} label={t("zoomFit")} onClick={() => void fitView({ ...FIT, duration })} />
      {onOutline !== undefined && <IconButton size="sm" icon={ListTree} label={t("outline")} onClick={onOutline} />}
    </div>
  );
});

/** By itself, so that zooming draws the buttons no more. */
function Zoom(): JSX.Element {
  const zoom = useStore(({ transform }) => Math.round(transform[2] * 100));
  return <>{zoom}%</>;
}
