/**
 * The lines of all edges. They are drawn by target, so that edges into one card join in one trunk and those of
 * different targets cross with a gap; the edges of React Flow above them are only there to be pointed at.
 */
import { ViewportPortal } from "@xyflow/react";
import { memo, type JSX } from "react";
import type { Point } from "../layout/card.ts";
import type { EdgeView } from "./card-view.ts";
import { touch, useSeen, type Box } from "./seen.ts";

export interface LineGroup {
  readonly id: string;
  readonly lines: readonly Line[];
  readonly box: Box;
  /** How many loops it stands in: lines of a body are drawn on its loop. */
  readonly depth: number;
}

export interface Line {
  readonly key: string;
  readonly view: EdgeView;
  readonly path: string;
  /** The chevron at its end; absent where it ends in another's trunk. */
  readonly arrow?: string;
}

export const EdgeLines = memo(function EdgeLines({ groups }: { groups: readonly LineGroup[] }): JSX.Element {
  const seen = useSeen();
  const shown = groups.filter(({ box }) => touch(box, seen));
  const depths = [...new Set([0, ...shown.map(({ depth }) => depth)])];
  return (
    <ViewportPortal>
      {depths.map((depth) => (
        <svg key={depth} className="hf-edges" width="1" height="1" style={{ zIndex: depth - 1 }} aria-hidden>
          {shown
            .filter((group) => group.depth === depth)
            .map((group) => (
              <Group key={group.id} group={group} />
            ))}
        </svg>
      ))}
    </ViewportPortal>
  );
});

const Group = memo(
  function Group({ group }: { group: LineGroup }): JSX.Element {
    return (
      <g>
        {group.lines.map(({ key, view, path, arrow }) => (
          <g key={key}>
            <path className="hf-edge-line" data-state={view.state} data-diff={view.diff} d={path} />
            {arrow !== undefined && (
              <path className="hf-edge-line hf-edge-arrow" data-state={view.state} data-diff={view.diff} d={arrow} />
            )}
          </g>
        ))}
      </g>
    );
  },
  (before, after) => before.group === after.group || JSON.stringify(before.group) === JSON.stringify(after.group),
);

/** An open chevron at the end of a way. */
export function chevron(points: readonly Point[]): string {
  const tip = points.at(-1);
  const before = points.at(-2);
  if (tip === undefined || before === undefined) return "";
  const { x, y } = tip;
  if (before.x < x) return `M${x - 7},${y - 4} L${x - 1},${y} L${x - 7},${y + 4}`;
  if (before.x > x) return `M${x + 7},${y - 4} L${x + 1},${y} L${x + 7},${y + 4}`;
  if (before.y > y) return `M${x - 4},${y + 7} L${x},${y + 1} L${x + 4},${y + 7}`;
  return `M${x - 4},${y - 7} L${x},${y - 1} L${x + 4},${y - 7}`;
}
