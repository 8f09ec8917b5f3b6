/** What a page adds to the cards and edges that the canvas draws from the document. */
import type { LucideIcon } from "lucide-react";
import type { Tone } from "../ui/tone.ts";

export interface CardBadge {
  readonly tone: Tone;
  readonly icon?: LucideIcon;
  readonly text: string;
}

/** The rail of a wait. All in one unit, whatever it is; `total` is the number of segments. */
export interface CardRail {
  readonly total: number;
  readonly done: number;
  /** Reminders. */
  readonly marks?: readonly number[];
  /** Words at its two ends. */
  readonly left?: string;
  readonly right?: string;
  readonly late?: boolean;
}

export interface CardProblem {
  readonly text: string;
  readonly severity: "error" | "warning";
  /** Goes to where it is repaired. */
  readonly onGoTo?: () => void;
}

export type CardState = "pending" | "running" | "waiting" | "completed" | "failed" | "incident" | "skipped";

export interface CardView {
  /** How the step stands in a run. Absent in a draft. */
  readonly state?: CardState;
  /** Right of the name; at most one. */
  readonly badge?: CardBadge;
  /** Instead of what the params say: resolved values, an error. `**bold**` marks values. */
  readonly sentence?: string;
  /** What is being written in it right now, instead of the sentence: its end is shown, and nobody is read it. */
  readonly live?: string;
  /** How far it says it is. `part` of 1. */
  readonly progress?: { readonly part: number; readonly label: string };
  readonly rail?: CardRail;
  /** In the outcome row, in words; the first is shown, all are read out. */
  readonly problems?: readonly CardProblem[];
  readonly ports?: Readonly<Record<string, { readonly taken?: boolean; readonly skipped?: boolean }>>;
  readonly dim?: boolean;
  readonly diff?: "added" | "changed" | "removed" | "same";
  /** Of a loop: `412 of 1,200`. */
  readonly count?: string;
  /** Under a loop's body: counts per state. */
  readonly counts?: readonly { readonly state: CardState; readonly text: string }[];
}

export interface EdgeView {
  readonly state?: "pending" | "taken" | "skipped";
  readonly diff?: "added" | "removed";
}

/** An edge as the canvas knows it. */
export interface CanvasEdge {
  readonly id: string;
  readonly from: string;
  readonly port: string;
  readonly to: string;
}
