/** Answers that came whole and are still none. */
import type { JsonObject, StepError } from "@holdfast/dsl";
import type { Answer } from "./ask.ts";

/** Why an answer can't be used before its content is looked at, or `undefined`. */
export function answerError(answer: Answer): StepError | undefined {
  const details = answerMeta(answer);
  if (answer.finishReason === "content-filter") {
    return { kind: "fatal", code: "ai_refused", message: "The model refused to answer.", details };
  }
  if (answer.finishReason === "length") {
    return {
      kind: "error",
      code: "ai_answer_cut",
      message: "The answer was cut off at the limit of output tokens.",
      details,
    };
  }
  if (answer.text.trim() === "") {
    return { kind: "error", code: "ai_answer_empty", message: "The model answered nothing.", details };
  }
  return undefined;
}

/** Who answered and what it cost: stored beside the output, or in the error's details if there is none. */
export function answerMeta({ model, usage, finishReason, warnings }: Answer): JsonObject {
  return { model, finishReason, usage: { ...usage }, ...(warnings.length > 0 && { warnings: [...warnings] }) };
}
