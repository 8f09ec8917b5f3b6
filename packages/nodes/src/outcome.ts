/** Short ways to write an outcome. */
import { DEFAULT_PORT, type Json, type JsonObject, type Outcome, type StepError } from "@holdfast/dsl";
import { soundError } from "./failure.ts";
import { whyNotJson } from "./json.ts";

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
  if (isOutcome(result)) return sound(result);
  throw new TypeError("The node gave no outcome; without zod schemas for its outputs it answers with `output(…)`");
}

/** The functions above are called by JavaScript too, where nobody looks at what they are given. */
function sound(outcome: Outcome): Outcome {
  if (outcome.type === "fail") {
    const error = soundError(outcome.error);
    if (error === undefined) throw new TypeError("A failure says its `kind`, `code` and `message`.");
    return { type: "fail", error };
  }
  const wrong = outcome.type === "output" ? whyNotJson(outcome.value ?? null, { absent: true }) : undefined;
  if (wrong === undefined) return outcome;
  return fatal("output_invalid", `What the node gives is not plain JSON. ${wrong.pointer || "It"} ${wrong.message}.`, {
    pointer: wrong.pointer,
  });
}

/** The frame only. */
function isOutcome(result: unknown): result is Outcome {
  return typeof result === "object" && result !== null && "type" in result && OUTCOMES.has(result.type);
}

/** The node failed. */
export function fail(error: StepError): Outcome {
  return { type: "fail", error };
}
