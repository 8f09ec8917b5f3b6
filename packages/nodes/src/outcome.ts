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

/** The node failed. */
export function fail(error: StepError): Outcome {
  return { type: "fail", error };
}
