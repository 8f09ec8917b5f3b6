import type { Edge, EdgeProps } from "@xyflow/react";
import { memo, use, useEffect, useRef, type JSX } from "react";
import type { Point } from "../layout/card.ts";
import { CanvasContext } from "./canvas-context.ts";
import { edgeFocus } from "./edge-focus.ts";

export type WireData = {
  readonly path: string;
  readonly middle: Point;
  /** Something that is being dragged would be put in here. */
  readonly drop: boolean;
  /** What a screen reader hears. */
  readonly label: string;
};

export type WireEdge = Edge<WireData, "wire">;

/** What can be pointed at of an edge, and what takes the focus: the line itself is drawn by EdgeLines. */
export const Wire = memo(function Wire({ id, data, selected }: EdgeProps<WireEdge>): JSX.Element | null {
  const { mode, insertOn, focused, wantsFocus } = use(CanvasContext);
  const element = useRef<SVGGElement>(null);
  useEffect(() => {
    if (wantsFocus(edgeFocus(id))) element.current?.focus({ preventScroll: true });
  });
  if (data === undefined) return null;
  const { path, middle, drop, label } = data;
  return (
    <g
      ref={element}
      className="hf-wire"
      data-wire={id}
      tabIndex={-1}
      role="group"
      aria-label={label}
      aria-current={selected === true ? "true" : undefined}
      onFocus={() => focused(edgeFocus(id))}
    >
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
    </g>
  );
});
