/**
 * What the code of a node throws where nobody catches it: in a timer, or in a promise that nobody awaits. It fails the
 * attempt that it comes from; without this it would end the process, and all runs that it carries.
 */
import { AsyncLocalStorage } from "node:async_hooks";

const attempts = new AsyncLocalStorage<(error: unknown) => void>();

/** Runs the code of a node. `stray` is told what it throws past its caller, also after it has ended. */
export function whileAttempted<Result>(stray: (error: unknown) => void, work: () => Result): Result {
  return attempts.run(stray, work);
}

/** Runs what is the host's own business, though a node has asked for it: whatever it throws is no node's failure. */
export function outsideOfAttempts<Result>(work: () => Result): Result {
  return attempts.exit(work);
}

/** From now on, in this process. What comes from no node ends it, as ever. Returns how to stop it. */
export function catchStrays(): () => void {
  const caught = (error: unknown): void => {
    const stray = attempts.getStore();
    if (stray === undefined) throw error;
    stray(error);
  };
  process.on("unhandledRejection", caught);
  process.on("uncaughtException", caught);
  return () => {
    process.off("unhandledRejection", caught);
    process.off("uncaughtException", caught);
  };
}
