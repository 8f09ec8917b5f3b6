/** The refund flow as drawn on pictures: sizes and places as on the canvas. */
import { CreditCard, Landmark, type LucideIcon, Sparkles, Split, UserCheck, Zap } from "lucide-react";
import type { words } from "./words.ts";

export type Word = keyof (typeof words)["en"];
export type PieceId = "start" | "analyze" | "eligible" | "approval" | "escalate" | "refund" | "bank";

export interface PieceCard {
  readonly id: PieceId;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly family: "trigger" | "ai" | "branch" | "wait" | "action";
  readonly icon: LucideIcon;
  readonly name: Word;
  readonly text: Word;
  readonly outcomes?: readonly (readonly [Word, number])[];
  readonly rail?: { readonly total: number; readonly marks?: readonly number[]; readonly limit: Word };
}

export const WIDTH = 288;
export const SPINE = 28;
const SECOND = 360;

export const CARDS: readonly PieceCard[] = [
  { id: "start", x: 0, y: 0, height: 56, family: "trigger", icon: Zap, name: "start", text: "startText" },
  { id: "analyze", x: 0, y: 86, height: 72, family: "ai", icon: Sparkles, name: "analyze", text: "analyzeText" },
  {
    id: "eligible",
    x: 0,
    y: 188,
    height: 80,
    family: "branch",
    icon: Split,
    name: "eligible",
    text: "eligibleText",
    outcomes: [
      ["yes", SPINE],
      ["no", 132],
    ],
  },
  {
    id: "approval",
    x: 0,
    y: 300,
    height: 124,
    family: "wait",
    icon: UserCheck,
    name: "approval",
    text: "approvalText",
    outcomes: [
      ["approved", SPINE],
      ["rejected", 132],
    ],
    rail: { total: 7, marks: [2], limit: "sevenDays" },
  },
  {
    id: "escalate",
    x: SECOND,
    y: 300,
    height: 124,
    family: "wait",
    icon: UserCheck,
    name: "escalate",
    text: "escalateText",
    outcomes: [
      ["approved", SPINE],
      ["rejected", 132],
    ],
    rail: { total: 8, limit: "twoDays" },
  },
  { id: "refund", x: 0, y: 492, height: 72, family: "action", icon: CreditCard, name: "refund", text: "refundText" },
  {
    id: "bank",
    x: 0,
    y: 594,
    height: 106,
    family: "wait",
    icon: Landmark,
    name: "bank",
    text: "bankText",
    rail: { total: 5, limit: "fiveDays" },
  },
];

export interface PieceEdge {
  readonly from: PieceId;
  readonly to: PieceId;
  readonly path: string;
  /** Where its arrowhead points, and which way. */
  readonly end: readonly [number, number, "down" | "right"];
}

/** Straight down the spine. */
function down(from: PieceId, to: PieceId, top: number, bottom: number): PieceEdge {
  return { from, to, path: `M${SPINE},${top} V${bottom}`, end: [SPINE, bottom, "down"] };
}

export const EDGES: readonly PieceEdge[] = [
  down("start", "analyze", 56, 86),
  down("analyze", "eligible", 158, 188),
  down("eligible", "approval", 268, 300),
  {
    from: "approval",
    to: "escalate",
    path: `M${WIDTH},385 H${SECOND}`,
    end: [SECOND, 385, "right"],
  },
  down("approval", "refund", 424, 492),
  down("refund", "bank", 564, 594),
];
