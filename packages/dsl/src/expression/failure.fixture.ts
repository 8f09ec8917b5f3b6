import { ExpressionError } from "./error.ts";

/** The error that `run` ends with; any other end is an error of the test. */
export function failureOf(run: () => unknown): ExpressionError {
  try {
    run();
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
  throw new Error("It did not fail");
}

/** What `run` gives, or the `ExpressionError` it ends with. */
export function outcomeOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
}
