/**
 * How long a process lives: until it is told to end, or cannot go on. What was started is stopped in reverse order,
 * within ten seconds; told a second time it ends at once.
 */
import { CliError } from "../cli-error.ts";

/** Milliseconds. */
const STOP_WITHIN_MS = 10_000;

export class Lifetime {
  readonly #ended = Promise.withResolvers<void>();
  readonly #stops: (() => Promise<void>)[] = [];
  #reason: Error | undefined;

  /** Remembers how to stop what has just been started. */
  add(stop: () => Promise<void>): void {
    this.#stops.unshift(stop);
  }

  /** The process cannot go on. */
  fail(reason: unknown): void {
    this.#reason ??= asError(reason);
    this.#ended.resolve();
  }

  /**
   * Runs `start`, then waits for SIGTERM, SIGINT or a failure, then stops everything.
   * @throws what `start` threw, or why the process could not go on.
   */
  async run(start: () => Promise<void>, onStop: () => void): Promise<void> {
    let asked = 0;
    const end = (): void => {
      asked += 1;
      if (asked > 1) process.exit(130);
      this.#ended.resolve();
    };
    process.on("SIGTERM", end);
    process.on("SIGINT", end);
    try {
      // A start that takes long can be given up as well; what it still brings up is stopped with the process.
      await Promise.race([start(), this.#ended.promise]);
      await this.#ended.promise;
      onStop();
    } finally {
      await this.#stopAll();
      process.off("SIGTERM", end);
      process.off("SIGINT", end);
    }
    if (this.#reason !== undefined) throw this.#reason;
  }

  async #stopAll(): Promise<void> {
    const overdue = setTimeout(() => process.exit(1), STOP_WITHIN_MS);
    for (const stop of this.#stops) {
      try {
        await stop();
      } catch (error) {
        this.#reason ??= asError(error);
      }
    }
    clearTimeout(overdue);
  }
}

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));

/** What a lost database server means for the process. */
export const databaseLost = (): CliError => new CliError("database_lost", "the database server has ended by itself");
