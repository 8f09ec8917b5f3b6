/**
 * The axis of a timeline on which 3.9 s of work and 4 days of waiting fit: where nothing works, time is folded.
 *
 * Times are milliseconds since the epoch; places are shares of the axis' width, 0 to 1.
 */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Fold extends Span {
  /** The middle of the fold on the axis. */
  readonly place: number;
}

export interface TimeAxis {
  readonly span: Span;
  readonly folds: readonly Fold[];
  /** Outside the span: its nearer end. */
  place(time: number): number;
}

/** A piece of the axis with a scale of its own. */
interface Piece extends Span {
  readonly start: number;
  readonly end: number;
}

/** Shorter gaps are shown as they are. */
const LEAST_FOLD_MS = 2_000;
/** A gap is folded when it is this many times longer than all the work. */
const FOLD_FACTOR = 2;
/** What a fold takes of the width, and all folds together at most. */
const FOLD_WIDTH = 0.3;
const FOLDS_WIDTH = 0.6;

/** To scale: every millisecond has the same width. */
export function scaledAxis(span: Span): TimeAxis {
  const length = Math.max(1, span.to - span.from);
  return { span, folds: [], place: (time) => clamp((time - span.from) / length) };
}

/** @param work When something ran; may overlap and come in any order. */
export function foldedAxis(span: Span, work: readonly Span[]): TimeAxis {
  const busy = union(work.map(({ from, to }) => ({ from: Math.max(from, span.from), to: Math.min(to, span.to) })));
  const worked = busy.reduce((sum, { from, to }) => sum + to - from, 0);
  const longest = Math.max(LEAST_FOLD_MS, worked * FOLD_FACTOR);
  const gaps = between(span, busy).filter(({ from, to }) => to - from > longest);
  if (gaps.length === 0) return scaledAxis(span);
  const foldWidth = Math.min(FOLD_WIDTH, FOLDS_WIDTH / gaps.length);
  const rest = 1 - foldWidth * gaps.length;
  const shown = between(span, gaps);
  const shownLength = Math.max(
    1,
    shown.reduce((sum, { from, to }) => sum + to - from, 0),
  );
  const isGap = new Set(gaps);
  let start = 0;
  const pieces = [...shown, ...gaps]
    .toSorted((a, b) => a.from - b.from || a.to - b.to)
    .map((piece): Piece => {
      const width = isGap.has(piece) ? foldWidth : ((piece.to - piece.from) / shownLength) * rest;
      const placed = { ...piece, start, end: start + width };
      start += width;
      return placed;
    });
  return {
    span,
    folds: gaps.map((gap) => ({ ...gap, place: (placeIn(pieces, gap.from) + placeIn(pieces, gap.to)) / 2 })),
    place: (time) => placeIn(pieces, time),
  };
}

function placeIn(pieces: readonly Piece[], time: number): number {
  const piece = pieces.find(({ to }) => time <= to) ?? pieces.at(-1);
  if (piece === undefined) return 0;
  const length = piece.to - piece.from;
  return clamp(
    length === 0 ? piece.start : piece.start + clamp((time - piece.from) / length) * (piece.end - piece.start),
  );
}

/** The spans without overlaps, in order. */
function union(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans.filter(({ from, to }) => to >= from).toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last === undefined || span.from > last.to) joined.push(span);
    else joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return joined;
}

/** What the parts, which are in order and don't overlap, leave of the whole. */
function between(whole: Span, parts: readonly Span[]): Span[] {
  const edges = [whole.from, ...parts.flatMap(({ from, to }) => [from, to]), whole.to];
  const left: Span[] = [];
  for (let index = 0; index + 1 < edges.length; index += 2) {
    const from = edges[index] ?? whole.from;
    const to = edges[index + 1] ?? whole.to;
    if (to > from) left.push({ from, to });
  }
  return left;
}

const clamp = (share: number): number => Math.min(1, Math.max(0, share));
