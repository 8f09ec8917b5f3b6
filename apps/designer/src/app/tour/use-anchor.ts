import { useEffect, useState } from "react";
import type { Box } from "./steps.ts";

/** Milliseconds between two looks: what the tour points at comes, goes and moves. */
const LOOK_EVERY = 200;

function boxOf(anchor: string): Box | undefined {
  const found = [...document.querySelectorAll(`[data-tour~="${anchor}"]`)]
    .map((element) => element.getBoundingClientRect())
    .find(({ width, height }) => width > 0 && height > 0);
  if (found === undefined) return undefined;
  const { left, top, width, height } = found;
  return { left, top, width, height };
}

const isSame = (one: Box | undefined, other: Box | undefined): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Where the element is that the step points at; undefined while there is none. */
export function useAnchor(anchor: string): Box | undefined {
  const [box, setBox] = useState<Box>();
  useEffect(() => {
    const look = (): void => {
      const now = boxOf(anchor);
      setBox((before) => (isSame(before, now) ? before : now));
    };
    look();
    const timer = setInterval(look, LOOK_EVERY);
    window.addEventListener("resize", look);
    return () => {
      clearInterval(timer);
      window.removeEventListener("resize", look);
    };
  }, [anchor]);
  return box;
}
