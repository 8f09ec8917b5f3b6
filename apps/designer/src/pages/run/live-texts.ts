/**
 * What language models are writing in a run, put together from pieces. A piece that is told twice counts once, so it
 * does not matter where a connection was lost and taken up again.
 */

/** A piece, as the runtime tells it. */
export interface LivePiece {
  readonly node: string;
  readonly attempt: number;
  readonly call: string;
  /** One and the same text: a call that is made anew writes another one. */
  readonly writing: string;
  /** Where it stands in its text: so many characters come before. */
  readonly start: number;
  readonly text: string;
  readonly ended: "answered" | "failed" | null;
}

export interface LiveText extends Pick<LivePiece, "node" | "attempt" | "call" | "writing" | "ended"> {
  /** In blocks that don't change any more, but for the last: a long text is not drawn anew for every word. */
  readonly blocks: readonly string[];
  /** Characters, with those that nobody knows any more. */
  readonly length: number;
}

/** In the order in which they were begun. */
export type LiveTexts = readonly LiveText[];

export const NO_TEXTS: LiveTexts = [];

/** A block of at least this length ends with its line, or else with its word. Characters. */
const BLOCK = 4_096;
const LONGEST_BLOCK = 4 * BLOCK;

export function withPieces(texts: LiveTexts, pieces: readonly LivePiece[]): LiveTexts {
  return pieces.reduce(withPiece, texts);
}

function withPiece(texts: LiveTexts, piece: LivePiece): LiveTexts {
  const index = texts.findIndex(({ writing }) => writing === piece.writing);
  const known = texts[index];
  if (known !== undefined) return texts.with(index, grown(known, piece));
  const { node, attempt, call, writing } = piece;
  const begun: LiveText = { node, attempt, call, writing, ended: null, blocks: [""], length: 0 };
  return [...texts.filter((text) => !isReplaced(text, piece)), grown(begun, piece)];
}

/** What failed is void as soon as something else is written; so is what a crash cut off when its call is made anew. */
function isReplaced({ node, call, ended, attempt }: LiveText, by: LivePiece): boolean {
  return node === by.node && (ended === "failed" || call === by.call || attempt < by.attempt);
}

function grown(text: LiveText, { start, text: more, ended }: LivePiece): LiveText {
  const missing = start > text.length ? "…" : "";
  const added = missing + more.slice(Math.max(0, text.length - start));
  return {
    ...text,
    ended: ended ?? text.ended,
    blocks: added === "" ? text.blocks : inBlocks(text.blocks, added),
    length: Math.max(text.length, start + more.length),
  };
}

function inBlocks(blocks: readonly string[], added: string): readonly string[] {
  const next = blocks.slice(0, -1);
  let open = (blocks.at(-1) ?? "") + added;
  for (let end = endOfBlock(open); end !== undefined; end = endOfBlock(open)) {
    next.push(open.slice(0, end));
    open = open.slice(end);
  }
  return [...next, open];
}

/** After the first line that ends beyond the length of a block; where there is none, after a word. */
function endOfBlock(text: string): number | undefined {
  if (text.length < BLOCK) return undefined;
  const line = text.indexOf("\n", BLOCK);
  if (line >= 0 && line < LONGEST_BLOCK) return line + 1;
  if (text.length < LONGEST_BLOCK) return undefined;
  const word = text.lastIndexOf(" ", LONGEST_BLOCK);
  return word > BLOCK ? word + 1 : LONGEST_BLOCK;
}

/** What is written in a node now: of the attempt that is under way, the texts that count. */
export const textsOf = (texts: LiveTexts, node: string): LiveTexts => texts.filter((text) => text.node === node);

/** About what stands in two lines of a card. */
const TAIL = 100;

/**
 * The end of what was written last, in one line, for a card. Where it begins moves on in strides, so that its lines
 * don't break elsewhere with every word.
 */
export function tailOf(texts: LiveTexts): string {
  const [before = "", last = ""] = ["", ...(texts.at(-1)?.blocks ?? [])].slice(-2);
  const line = `${before}${last}`.replaceAll(/\s+/g, " ").trim();
  const from = (Math.ceil(line.length / TAIL) - 2) * TAIL;
  if (from <= 0) return line;
  const word = line.indexOf(" ", from);
  return `…${line.slice(word < 0 || word > from + TAIL ? from : word + 1)}`;
}
