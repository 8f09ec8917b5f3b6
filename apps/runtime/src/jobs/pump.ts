/**
 * Does something again and again: after a pause, or sooner when told so; never two at once, and never stopped by a
 * failure.
 */
import type { Logger } from "../log/logger.ts";

export interface PumpOptions {
  readonly name: string;
  /** Does it. Answers after how many milliseconds to do it again; undefined: after `everyMs`. */
  readonly work: () => Promise<number | undefined>;
  readonly everyMs: number;
  readonly log: Logger;
}

export class Pump {
  readonly #options: PumpOptions;
  #timer: NodeJS.Timeout | undefined;
  #dueAt = Infinity;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;
  /** When it last succeeded, by `performance.now()`. */
  lastSuccess = performance.now();

  constructor(options: PumpOptions) {
    this.#options = options;
  }

  start(): void {
    this.#schedule(0);
  }

  /** Not later than in `ms`. */
  soon(ms = 0): void {
    if (this.#running !== undefined && ms === 0) this.#again = true;
    else this.#schedule(ms);
  }

  /** Now, and resolves when it is done. */
  async flush(): Promise<void> {
    await this.#running;
    await this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #schedule(ms: number): void {
    if (this.#stopped) return;
    const dueAt = performance.now() + ms;
    if (this.#timer !== undefined && this.#dueAt <= dueAt) return;
    clearTimeout(this.#timer);
    this.#dueAt = dueAt;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        void this.#run();
      },
      Math.min(ms, 2 ** 31 - 1),
    );
  }

  #run(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    this.#running ??= this.#once().finally(() => {
      this.#running = undefined;
      if (this.#again) {
        this.#again = false;
        this.#schedule(0);
      }
    });
    return this.#running;
  }

  async #once(): Promise<void> {
    const { work, everyMs, log, name } = this.#options;
    try {
      const next = await work();
      this.lastSuccess = performance.now();
      this.#schedule(Math.min(next ?? everyMs, everyMs));
    } catch (error) {
      if (!this.#stopped) log.warn({ err: error, pump: name }, "failed and is tried again");
      this.#schedule(Math.min(everyMs, 1_000));
    }
  }
}
