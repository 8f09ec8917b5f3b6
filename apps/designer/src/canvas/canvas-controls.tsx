import { MiniMap, useReactFlow, useStore } from "@xyflow/react";
import { ListTree, Maximize, Minus, Plus } from "lucide-react";
import type { JSX } from "react";
import { IconButton } from "../ui/icon-button.tsx";
import { cx } from "../ui/cx.ts";
import { useWords } from "../words/use-words.tsx";
import type { CanvasNode } from "./picture.ts";
import { words } from "./words.ts";

export interface ControlsProps {
  readonly side: "left" | "right";
  readonly minimap: boolean;
  readonly onOutline: (() => void) | undefined;
}

const FIT = { padding: 0.08, maxZoom: 1 };

/** Zoom, the whole flow, the outline, the overview. */
export function CanvasControls({ side, minimap, onOutline }: ControlsProps): JSX.Element {
  const t = useWords(words);
  const { zoomIn, zoomOut, fitView, zoomTo } = useReactFlow();
  const zoom = useStore(({ transform }) => Math.round(transform[2] * 100));
  const duration = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 160;
  return (
    <div
      className={cx("absolute bottom-3 z-10 flex items-end gap-1", side === "left" ? "left-3" : "right-3")}
      data-canvas-controls
    >
      <div className="hf-float flex items-center gap-px p-[3px] text-12 text-text-2">
        <IconButton size="sm" icon={Minus} label={t("zoomOut")} onClick={() => void zoomOut({ duration })} />
        <button
          type="button"
          title={t("zoomReset")}
          className="h-6 w-[38px] rounded-sm text-center tabular-nums hover:bg-surface-hover pointer-coarse:h-11"
          onClick={() => void zoomTo(1, { duration })}
        >
          {zoom}%
        </button>
        <IconButton size="sm" icon={Plus} label={t("zoomIn")} onClick={() => void zoomIn({ duration })} />
        <span className="mx-[3px] h-4 w-px bg-border" />
        <IconButton size="sm" icon={Maximize} label={t("zoomFit")} onClick={() => void fitView({ ...FIT, duration })} />
        {onOutline !== undefined && <IconButton size="sm" icon={ListTree} label={t("outline")} onClick={onOutline} />}
      </div>
      {minimap && <Overview />}
    </div>
  );
}

function Overview(): JSX.Element {
  const t = useWords(words);
  return (
    <div className="hf-float h-[104px] w-[86px] overflow-hidden p-2 max-lg:hidden">
      <MiniMap<CanvasNode>
        style={{ width: 70, height: 88 }}
        ariaLabel={t("minimap")}
        nodeColor={colorOf}
        nodeStrokeWidth={0}
        nodeBorderRadius={8}
        maskStrokeWidth={1.5}
        maskColor="transparent"
        bgColor="transparent"
        pannable
        zoomable
      />
    </div>
  );
}

function colorOf(node: CanvasNode): string {
  if (node.type === "note") return "transparent";
  return node.data.facts.family === "wait" ? "var(--hf-waiting)" : "var(--hf-border-strong)";
}
