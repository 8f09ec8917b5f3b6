/** How long an answer may take, and which of the limits it broke. */
import { isDuration, parseDuration } from "@holdfast/dsl";
import { NodeFailure } from "../failure.ts";

/** As durations. */
export interface Limits {
  /** The whole answer. */
  readonly total?: string | undefined;
  /** Until the first word, counted from the request. */
  readonly first?: string | undefined;
  /** Between two pieces of it. */
  readonly between?: string | undefined;
}

/**
 * Clocks of our own rather than the SDK's: its limit of the first piece begins when the server's headers have come, and
 * a server that is stuck sends none.
 */
export class Patience implements Disposable {
  readonly #limits: Limits;
  readonly #over = new AbortController();
  readonly #total: NodeJS.Timeout | undefined;
  #next: NodeJS.Timeout | undefined;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#total = this.#within(limits.total, (time) => `The answer was not complete within ${time}.`);
    this.#next = this.#within(limits.first, (time) => `No word of an answer came within ${time}.`);
  }

  readonly signal = this.#over.signal;

  /** A piece of the answer has come. */
  heard(): void {
    clearTimeout(this.#next);
    this.#next = this.#within(this.#limits.between, (time) => `The answer stopped in its middle for ${time}.`);
  }

  /** The answer will come in one piece: only the whole of it counts. */
  expectWhole(): void {
    clearTimeout(this.#next);
  }

  /** @throws NodeFailure when a limit was broken */
  throwIfOver(): void {
    if (this.signal.aborted) throw this.signal.reason;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#total);
    clearTimeout(this.#next);
  }

  #within(duration: string | undefined, message: (time: string) => string): NodeJS.Timeout | undefined {
    if (duration === undefined || !isDuration(duration)) return undefined;
    return setTimeout(() => {
      this.#over.abort(new NodeFailure({ kind: "timeout", code: "ai_too_slow", message: message(duration) }));
    }, parseDuration(duration));
  }
}
