import type { ConnectionLineComponentProps } from "@xyflow/react";
import type { JSX } from "react";
import type { CanvasNode } from "./picture.ts";
import { pathOf } from "../layout/path.ts";
import { elbow } from "./elbow.ts";

/** The edge that is being drawn. */
export function ConnectionLine(props: ConnectionLineComponentProps<CanvasNode>): JSX.Element {
  const { fromX, fromY, toX, toY, fromPosition, connectionStatus } = props;
  const points = elbow({ x: fromX, y: fromY }, fromPosition, { x: toX, y: toY });
  return (
    <path
      className="hf-connection"
      d={pathOf(points)}
      strokeDasharray={connectionStatus === "valid" ? undefined : "5 4"}
    />
  );
}
