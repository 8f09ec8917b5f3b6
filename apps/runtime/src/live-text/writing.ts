/** One text that is being written, between whoever writes it and the table. */
import type { LiveText } from "@holdfast/nodes";
import { uuid7 } from "../ids/uuid7.ts";
import { type Hidden, shownUpTo } from "./hold-back.ts";

/** What is being written, and by whom. */
export interface WritingOf {
  readonly run: string;
  readonly node: string;
  readonly attempt: number;
  readonly call: string;
}

export interface Piece extends WritingOf {
  readonly writing: string;
  readonly start: number;
  readonly text: string;
  readonly ended: "answered" | "failed" | null;
}

/** As much as a step may give at all is never shown while it is written. Characters. */
const MOST = 2 * 1024 * 1024;
/** A piece that people are told at once is never longer. Characters. */
const LONGEST = 32 * 1024;

export class Writing implements LiveText {
  readonly of: WritingOf;
  readonly #id = uuid7();
  readonly #hidden: Hidden;
  readonly #changed: (writing: Writing) => void;
  /** What has not been cut into a piece yet. */
  #text = "";
  /** Characters told, and characters written. */
  #told = 0;
  #written = 0;
  #ended: Piece["ended"] = null;

  constructor(of: WritingOf, hidden: Hidden, changed: (writing: Writing) => void) {
    this.of = of;
    this.#hidden = hidden;
    this.#changed = changed;
  }

  /** Characters that wait to be told. */
  get waiting(): number {
    return this.#text.length;
  }

  write(delta: string): void {
    if (this.#ended !== null || delta === "" || this.#written >= MOST) return;
    this.#written += delta.length;
    this.#text += this.#written >= MOST ? `${delta.slice(0, MOST - this.#written + delta.length)}…` : delta;
    this.#changed(this);
  }

  end(outcome: "answered" | "failed"): void {
    if (this.#ended !== null) return;
    this.#ended = outcome;
    this.#changed(this);
  }

  /** What can be told by now. */
  cut(): readonly Piece[] {
    const ended = this.#ended;
    const clean = this.#hidden.redactText(this.#text);
    const upTo = ended === null ? shownUpTo(clean, this.#hidden.secrets()) : clean.length;
    // What Postgres has no text for: a zero, and halves of characters.
    const text = clean.slice(0, upTo).replaceAll("\0", "\uFFFD").toWellFormed();
    this.#text = clean.slice(upTo);
    const texts = partsOf(text);
    if (texts.length === 0 && ended !== null) texts.push("");
    return texts.map((part, index) => {
      const start = this.#told;
      this.#told += part.length;
      return {
        ...this.of,
        writing: this.#id,
        start,
        text: part,
        ended: index === texts.length - 1 ? ended : null,
      };
    });
  }
}

function partsOf(text: string): string[] {
  const parts: string[] = [];
  for (let from = 0; from < text.length;) {
    let to = Math.min(text.length, from + LONGEST);
    if (to < text.length && /[\uD800-\uDBFF]/.test(text.charAt(to - 1))) to -= 1;
    parts.push(text.slice(from, to));
    from = to;
  }
  return parts;
}
