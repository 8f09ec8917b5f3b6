/** Where everything on a card is, by what it shows: the one source for drawing it, laying it out and drawing edges. */
import { DEFAULT_PORT, ERROR_PORT } from "@holdfast/dsl";
import { lineCount, textWidth } from "./text-width.ts";

/** Width of a card, in pixels as all that follows. */
export const CARD_WIDTH = 288;
/** From a card's left edge to the middle of its icon, where its first outcome leaves and edges arrive. */
export const SPINE = 28;
/** Between the left edges of neighboring columns. */
export const COLUMN = CARD_WIDTH + 72;
/** Between a card and the one below it. */
export const GAP = 30;
/** Added for every edge that runs sideways between two cards. */
export const CHANNEL = 16;
/** The title row of a loop's container. */
export const LOOP_TITLE = 38;
/** From the border of a loop's container to the cards in it: at its sides and above; below there is room for counts. */
export const LOOP_INSET = { side: 36, top: 20, bottom: 68 } as const;

/** A port that leaves at the card's side: it is about what goes wrong, not about what happens next. */
const SIDEWAYS: ReadonlySet<string> = new Set(["timeout", ERROR_PORT]);

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What the body of a loop takes that holds nothing yet. */
export const EMPTY_BODY: Size = { width: CARD_WIDTH, height: 72 };

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Side = "bottom" | "right" | "left" | "top";

export interface PortPlace extends Point {
  readonly port: string;
  readonly side: Side;
}

/** What decides about the size of a card. */
export interface CardContent {
  readonly kind: "trigger" | "node" | "loop";
  /** Plain text, as it is shown. */
  readonly sentence: string;
  /** In the order they are drawn; `error` only where it is used. Empty: nothing follows. */
  readonly ports: readonly string[];
  /** Whether it shows how long it waits. */
  readonly rail: boolean;
  /** Of a loop: the space its body takes. */
  readonly body?: Size;
}

/** Relative to the card's top left corner. */
export interface CardGeometry extends Size {
  /** Where edges from above arrive. */
  readonly into: Point;
  readonly ports: readonly PortPlace[];
  /** Top of the words above the rail; absent without a rail. */
  readonly rail?: number;
  /** Whether there is a row for the names of outcomes. */
  readonly row: boolean;
}

export function isSideways(port: string): boolean {
  return SIDEWAYS.has(port);
}

export function cardSize(content: CardContent): Size {
  const { width, height } = cardGeometry(content);
  return { width, height };
}

export function cardGeometry(content: CardContent): CardGeometry {
  const down = content.ports.filter((port) => !isSideways(port));
  const row = content.kind === "node" && down.length > 1;
  const lines = lineCount(content.sentence, 12, CARD_WIDTH - 66);
  const size = sizeOf(content, row, lines);
  const rail = content.rail ? 29 + 17 * lines : undefined;
  const ports = [
    ...downwardPorts(down, row, size),
    ...sidewaysPorts(content.ports.filter(isSideways), size, rail),
  ].toSorted((a, b) => content.ports.indexOf(a.port) - content.ports.indexOf(b.port));
  return { ...size, into: { x: SPINE, y: 0 }, ports, row, ...(rail === undefined ? {} : { rail }) };
}

function sizeOf(content: CardContent, row: boolean, lines: number): Size {
  if (content.kind === "trigger") return { width: CARD_WIDTH, height: 56 };
  if (content.kind === "loop") {
    const body = content.body ?? EMPTY_BODY;
    return {
      width: Math.max(CARD_WIDTH, body.width) + 2 * LOOP_INSET.side,
      height: LOOP_TITLE + LOOP_INSET.top + body.height + LOOP_INSET.bottom,
    };
  }
  const two = lines > 1;
  if (content.rail && row) return { width: CARD_WIDTH, height: two ? 124 : 108 };
  if (content.rail) return { width: CARD_WIDTH, height: two ? 106 : 92 };
  if (row) return { width: CARD_WIDTH, height: two ? 97 : 80 };
  return { width: CARD_WIDTH, height: 72 };
}

/** The first below the icon, the others as far to the right as the labels before them need. */
function downwardPorts(names: readonly string[], row: boolean, { width, height }: Size): PortPlace[] {
  let x = SPINE;
  const apart = row ? labelDistances(names, width) : [];
  return names.map((port, index) => {
    const place: PortPlace = { port, x, y: height, side: "bottom" };
    x += apart[index] ?? 0;
    return place;
  });
}

function labelDistances(names: readonly string[], width: number): number[] {
  const wanted = names.map((name) => Math.max(84, Math.ceil(textWidth(name, 11)) + 22));
  const room = width - SPINE - 40;
  const needed = wanted.slice(0, -1).reduce((sum, one) => sum + one, 0);
  return needed <= room ? wanted : names.map(() => Math.floor(room / Math.max(1, names.length - 1)));
}

/** A deadline leaves where the rail ends. */
function sidewaysPorts(names: readonly string[], { width, height }: Size, rail: number | undefined): PortPlace[] {
  return names.map((port) => {
    const atRail = rail !== undefined && port !== ERROR_PORT;
    const low = rail === undefined ? Math.min(36, height / 2) : rail - 10;
    return { port, x: width, y: atRail ? rail + 22 : low, side: "right" };
  });
}

/** Where an edge from `start` or of an unnamed outcome leaves. */
export function portPlace(card: CardGeometry, port: string = DEFAULT_PORT): PortPlace {
  return (
    card.ports.find((place) => place.port === port) ?? {
      port,
      x: isSideways(port) ? card.width : card.into.x,
      y: isSideways(port) ? Math.min(36, card.height / 2) : card.height,
      side: isSideways(port) ? "right" : "bottom",
    }
  );
}
