import type { Edge, EdgeProps } from "@xyflow/react";
import { memo, use, type JSX } from "react";
import type { Point } from "../layout/card.ts";
import { CanvasContext } from "./canvas-context.ts";

export type WireData = {
  readonly path: string;
  readonly middle: Point;
  /** Something that is being dragged would be put in here. */
  readonly drop: boolean;
};

export type WireEdge = Edge<WireData, "wire">;

/** What can be pointed at of an edge: the line itself is drawn by EdgeLines. */
export const Wire = memo(function Wire({ id, data }: EdgeProps<WireEdge>): JSX.Element | null {
  const { mode, insertOn } = use(CanvasContext);
  if (data === undefined) return null;
  const { path, middle, drop } = data;
  return (
    <>
      <path className="hf-edge-hover" d={path} data-drop={drop ? "" : undefined} />
      <path className="hf-edge-hit" d={path} data-edge={id} />
      {mode === "edit" && (
        <g
          className="hf-edge-plus"
          transform={`translate(${middle.x} ${middle.y})`}
          onClick={(event) => {
            event.stopPropagation();
            insertOn(id);
          }}
        >
          <circle r="22" style={{ fill: "transparent", stroke: "none" }} />
          <circle r="9" />
          <path d="M-4,0 H4 M0,-4 V4" />
        </g>
      )}
    </>
  );
});
