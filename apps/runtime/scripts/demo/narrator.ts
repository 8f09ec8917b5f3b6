/** Tells the story in a terminal: each line with the real time that has passed, and the time that it is in the story. */
import { styleText } from "node:util";

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Width of the two columns of time. */
const MARGIN = " ".repeat(23);

export class Narrator {
  readonly #write: (line: string) => void;
  readonly #began = performance.now();
  /** What the story's clock is ahead of this computer's, milliseconds. */
  #ahead = 0;
  #dayZero: number | undefined;

  /** @param write takes a line; nothing is told where it does nothing. */
  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  /** Real seconds since the beginning. */
  get seconds(): number {
    return (performance.now() - this.#began) / 1_000;
  }

  /** What time it is in the story, milliseconds. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Says what time it is in the story, milliseconds. From the first call on, days are counted. */
  setClock(now: number): void {
    this.#ahead = now - Date.now();
    this.#dayZero ??= now;
  }

  title(text: string): void {
    this.#write(`\n${styleText("bold", text)}\n`);
    this.#write(styleText("dim", "  passed   in the story"));
  }

  chapter(text: string): void {
    this.#write(`\n${MARGIN}${styleText("bold", text)}`);
  }

  tell(text: string): void {
    this.#write(`${styleText("dim", `${this.#passed()}   ${this.#storyTime()}`)}${text}`);
  }

  /** Many lines, such as a mail. */
  show(text: string): void {
    for (const line of text.trimEnd().split("\n")) this.#write(`${MARGIN}${styleText("cyan", "│")} ${line}`.trimEnd());
  }

  end(text: string): void {
    this.#write(`\n${text}\n`);
  }

  #passed(): string {
    return `${this.seconds.toFixed(1).padStart(6)} s`;
  }

  #storyTime(): string {
    if (this.#dayZero === undefined) return "".padEnd(12);
    const now = this.now();
    const day = Math.floor((now - this.#dayZero) / DAY_MS);
    return `day ${day} ${new Date(now).toISOString().slice(11, 16)}`.padEnd(12);
  }
}
