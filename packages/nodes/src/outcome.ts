/** Short ways to write an outcome. */
import { DEFAULT_PORT, type Json, type JsonObject, type Outcome, type StepError } from "@holdfast/dsl";

/** The node is done and gives `value` at `port`. */
export function output(value: Json | undefined, port: string = DEFAULT_PORT, meta?: JsonObject): Outcome {
  return { type: "output", port, value, ...(meta && { meta }) };
}

/** The node failed and trying again can't help. */
export function fatal(code: string, message: string, rest: Pick<StepError, "pointer" | "details"> = {}): Outcome {
  return { type: "fail", error: { kind: "fatal", code, message, ...rest } };
}

const OUTCOMES: ReadonlySet<unknown> = new Set(["output", "wait", "children", "fail"] satisfies Outcome["type"][]);

/**
 * Takes what `execute` gave for an outcome. @throws TypeError if it is none
 */
export function toOutcome(result: unknown): Outcome {
  if (isOutcome(result)) return result;
  throw new TypeError("The node gave no outcome; without zod schemas for its outputs it answers with `output(…)`");
}

/** The frame only: what stands in it was made by the functions above. */
function isOutcome(result: unknown): result is Outcome {
  return typeof result === "object" && result !== null && "type" in result && OUTCOMES.has(result.type);
}

/** The node failed. */
export function fail(error: StepError): Outcome {
  return { type: "fail", error };
}
