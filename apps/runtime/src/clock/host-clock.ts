/**
 * `holdfast.now()` without asking the database each time: the database's time at the last look, plus what the
 * monotonic clock says has passed since. Never goes back.
 */
import type pg from "pg";

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export class HostClock implements Clock {
  #base = Date.now();
  #at = performance.now();
  #last = 0;

  now(): number {
    const now = Math.floor(this.#base + (performance.now() - this.#at));
    if (now > this.#last) this.#last = now;
    return this.#last;
  }

  /** What the database said, and when (by `performance.now()`) it was asked. */
  set(databaseNow: number, at: number = performance.now()): void {
    this.#base = databaseNow;
    this.#at = at;
  }

  async sync(database: pg.Pool | pg.Client): Promise<void> {
    const result = await database.query<{ now: number }>("select holdfast.ms(holdfast.now()) as now");
    const row = result.rows[0];
    if (row !== undefined) this.set(row.now);
  }
}
