import type { Json, StepError } from "@holdfast/dsl";

/** How a run ended. */
export interface RunEnd {
  readonly status: "completed" | "failed" | "canceled";
  /** Milliseconds. */
  readonly at: number;
  readonly output: Json;
  /** The row has a reference in place of the output. */
  readonly outputIsLarge: boolean;
  readonly error: StepError | undefined;
}
