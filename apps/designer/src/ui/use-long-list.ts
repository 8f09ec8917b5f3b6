import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, type RefObject } from "react";

export interface LongList {
  /** The element that scrolls. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly virtual: Virtualizer<HTMLDivElement, Element>;
}

/** Rows beyond what is seen, and so many before the end at which more are asked for. */
const OVERSCAN = 12;
const NEAR_END = 20;

/**
 * A list that draws what is seen of it.
 *
 * @param height of a row, pixels
 * @param onEnd the end of what was loaded is near
 */
export function useLongList(count: number, height: number, onEnd: () => void): LongList {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: OVERSCAN,
  });
  useEffect(() => virtual.measure(), [virtual, height]);
  const last = virtual.getVirtualItems().at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= count - NEAR_END) onEnd();
  }, [last, count, onEnd]);
  return { scroller, virtual };
}
