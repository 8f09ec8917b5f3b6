import { useEffect, useState } from "react";
import { STEPS, type Box, type TourStep } from "./steps.ts";

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

const ANCHORS = STEPS.map(({ anchor }) => anchor);

/** Which of the tour's elements are on the page. */
export function useAnchorsHere(): ReadonlySet<TourStep["anchor"]> {
  const [here, setHere] = useState<ReadonlySet<TourStep["anchor"]>>(new Set());
  useEffect(() => {
    const look = (): void => {
      const now = new Set(ANCHORS.filter((anchor) => boxOf(anchor) !== undefined));
      setHere((before) => (isSameSet(before, now) ? before : now));
    };
    look();
    const timer = setInterval(look, LOOK_EVERY);
    return () => clearInterval(timer);
  }, []);
  return here;
}

const isSameSet = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((each) => other.has(each));

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
