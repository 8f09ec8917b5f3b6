/**
 * How long a process lives: until it is told to end, or cannot go on. What was started is stopped in reverse order,
 * within ten seconds; told a second time it ends at once.
 */
import { catchStrays } from "../../host/stray-failures.ts";
import { CliError } from "../cli-error.ts";

/** Milliseconds. */
const STOP_WITHIN_MS = 10_000;
/** npm, a shell and a supervisor may each pass the same signal on: what follows so soon is no second thought. */
const ECHO_MS = 2_000;

/** Ends a start that is no longer wanted. */
class StartGivenUp extends Error {}

export class Lifetime {
  readonly #ended = Promise.withResolvers<void>();
  readonly #stops: (() => Promise<void>)[] = [];
  #ending = false;
  #reason: Error | undefined;

  /**
   * Remembers how to stop what has just been started.
   * @throws if the process is ending; then it is stopped at once, and the start goes no further.
   */
  async add(stop: () => Promise<void>): Promise<void> {
    if (!this.#ending) {
      this.#stops.unshift(stop);
      return;
    }
    await stop();
    throw new StartGivenUp("told to end while starting");
  }

  /** The process cannot go on. */
  fail(reason: unknown): void {
    this.#reason ??= reason instanceof Error ? reason : new Error(String(reason));
    this.#end();
  }

  /**
   * Runs `start`, then waits for SIGTERM, SIGINT or a failure, then stops everything.
   * @param onStop Called when it was told to end; a failure tells itself.
   * @throws what `start` threw, or why the process could not go on.
   */
  async run(start: () => Promise<void>, onStop: () => void): Promise<void> {
    let toldAt: number | undefined;
    const told = (): void => {
      toldAt ??= performance.now();
      if (performance.now() - toldAt > ECHO_MS) process.exit(130);
      this.#end();
    };
    process.on("SIGTERM", told);
    process.on("SIGINT", told);
    const noMoreStrays = catchStrays();
    const started = start().catch((error: unknown) => {
      if (!(error instanceof StartGivenUp)) this.fail(error);
    });
    await this.#ended.promise;
    const overdue = setTimeout(() => process.exit(1), STOP_WITHIN_MS);
    if (this.#reason === undefined) onStop();
    await started;
    await this.#stopAll();
    clearTimeout(overdue);
    process.off("SIGTERM", told);
    process.off("SIGINT", told);
    noMoreStrays();
    if (this.#reason !== undefined) throw this.#reason;
  }

  #end(): void {
    this.#ending = true;
    this.#ended.resolve();
  }

  async #stopAll(): Promise<void> {
    for (const stop of this.#stops) {
      try {
        await stop();
      } catch (error) {
        this.fail(error);
      }
    }
  }
}

/** What a lost database server means for the process. */
export const databaseLost = (): CliError => new CliError("database_lost", "the database server has ended by itself");
