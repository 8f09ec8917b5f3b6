/** What happened in a simulation, in order: what a run's page shows of a real run. */
import type { Json, JsonObject, StepError } from "@holdfast/dsl";
import type { RunEvent } from "../event.ts";

export interface TraceEntry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** `run`, or a child's `run/each.0`. */
  readonly run: string;
  /** An event of the engine, or `step.began` (an attempt, with its params), `undo.began`, `event.sent`, `event.refused`. */
  readonly type: RunEvent["type"] | "step.began" | "undo.began" | "event.sent" | "event.refused";
  readonly node?: string;
  readonly attempt?: number;
  readonly port?: string;
  readonly params?: JsonObject;
  readonly output?: Json;
  readonly error?: StepError;
  /** Everything else that the event told. */
  readonly detail?: { readonly [field: string]: unknown };
}
