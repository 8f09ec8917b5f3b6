/** The four things that show what Holdfast is, and the elements of the page that they point at. */
import type { words } from "./words.ts";

type Word = keyof (typeof words)["en"];

export interface TourStep {
  /** Pages mark an element with `data-tour="…"`. */
  readonly anchor: "card" | "run" | "decide" | "skip";
  readonly title: Word;
  readonly text: Word;
}

export const STEPS: readonly TourStep[] = [
  { anchor: "card", title: "cardTitle", text: "cardText" },
  { anchor: "run", title: "runTitle", text: "runText" },
  { anchor: "decide", title: "decideTitle", text: "decideText" },
  { anchor: "skip", title: "skipTitle", text: "skipText" },
];

/** Where the tour stands on a page: the drawing of a flow, not its runs or settings. */
function isDrawing(pathname: string): boolean {
  return /^\/flows\/[^/]+\/?$/.test(pathname);
}

/** The example that the tour was written for: a flow that somebody draws is not to be talked into. */
const EXAMPLE = "/flows/process-refund";

/** Whether it is shown: when the address asks for it, or at a first visit to the example. */
export function wantsTour(pathname: string, search: string, toured: boolean): boolean {
  if (!isDrawing(pathname)) return false;
  const asked = new URLSearchParams(search).get("tour");
  return asked === null ? !toured && pathname.startsWith(EXAMPLE) : asked === "1" || asked === "true";
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Which step follows from what is on the page: the test that a step asks for was opened, the answer was given.
 * @param seen whether the step's own element was there before
 */
export function stepDone(at: number, here: ReadonlySet<TourStep["anchor"]>, seen: boolean): boolean {
  switch (STEPS[at]?.anchor) {
    case "run":
      return here.has("decide");
    case "decide":
      return seen && !here.has("decide");
    default:
      return false;
  }
}

/** Where nothing of it can be pointed at there is no tour: a flow without a wait, one that could not be opened. */
export function canBegin(here: ReadonlySet<TourStep["anchor"]>): boolean {
  return here.has("card") && here.has("run");
}

/** Pixels of the note, and between it and what it points at. */
export const NOTE = { width: 320, height: 190 } as const;
const GAP = 14;
const EDGE = 12;

const clamp = (value: number, from: number, to: number): number => Math.max(from, Math.min(value, Math.max(from, to)));

/** Where the note goes: beside its anchor where there is room, else at the bottom left. */
export function placeNote(
  anchor: Box | undefined,
  view: { readonly width: number; readonly height: number },
): {
  readonly left: number;
  readonly top: number;
} {
  const width = Math.min(NOTE.width, view.width - 2 * EDGE);
  const lowest = view.height - NOTE.height - EDGE;
  if (anchor === undefined) return { left: EDGE, top: lowest };
  const beside = anchor.left + anchor.width + GAP;
  const before = anchor.left - GAP - width;
  const top = clamp(anchor.top, EDGE, lowest);
  if (beside + width + EDGE <= view.width) return { left: beside, top };
  if (before >= EDGE) return { left: before, top };
  const below = anchor.top + anchor.height + GAP;
  const above = anchor.top - GAP - NOTE.height;
  const left = clamp(anchor.left, EDGE, view.width - width - EDGE);
  return { left, top: below <= lowest ? below : clamp(above, EDGE, lowest) };
}
