/** What of the canvas is looked at, in steps, so that panning draws nothing anew for every pixel. */
import { useStore } from "@xyflow/react";
import { useMemo } from "react";
import type { Point } from "../layout/card.ts";

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const STEP = 480;

/** At least what is in the picture; the same box until the picture has moved by a step. */
export function useSeen(): Box {
  const seen = useStore(({ transform: [x, y, zoom], width, height }) => {
    const out = (value: number): number => Math.floor(value / STEP) * STEP;
    return [out(-x / zoom), out(-y / zoom), out((width - x) / zoom) + STEP, out((height - y) / zoom) + STEP].join(" ");
  });
  return useMemo(() => {
    const [left = 0, top = 0, right = 0, bottom = 0] = seen.split(" ").map(Number);
    return { left, top, right, bottom };
  }, [seen]);
}

export function touch(a: Box, b: Box): boolean {
  return a.right >= b.left && a.left <= b.right && a.bottom >= b.top && a.top <= b.bottom;
}

export function boxOf(points: readonly Point[]): Box {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}
