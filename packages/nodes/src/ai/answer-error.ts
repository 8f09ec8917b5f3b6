/** Answers that came whole and are still none. */
import { isJsonObject, type Json, type JsonObject, type StepError } from "@holdfast/dsl";
import { isJson } from "../json.ts";
import { schemaChecker } from "../schema/checker.ts";
import type { Answer, Question } from "./ask.ts";

/** The code of an answer that does not fit, and that the model may mend once. */
const UNFIT = "ai_object_invalid";

/** The code of an answer that broke off. */
export const BROKEN = "ai_answer_broken";

const check = schemaChecker();

/** What a bad answer is told by, to people and to the model: as much of it as fits into a record. */
const LONGEST_EXCERPT = 4_000;

export type Judgment =
  /** `text`: of an object its JSON, without a code block around it. */
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly error: StepError };

/** Whether an answer can be used. Parses and checks by our own validator, whatever the provider promised. */
export function judge(answer: Answer, { schema, tools }: Pick<Question, "schema" | "tools">): Judgment {
  const error = endError(answer);
  if (error !== undefined) return { ok: false, error };
  // A tool that is called where none was offered is no answer.
  if (tools !== undefined && answer.toolCalls.length > 0) return { ok: true, text: answer.text };
  if (schema === undefined) {
    if (answer.text.trim() !== "") return { ok: true, text: answer.text };
    return bad({ kind: "error", code: "ai_answer_empty", message: "The model answered nothing." });
  }
  const text = unfenced(answer.text);
  const problem = problemOf(text, schema);
  if (problem === undefined) return { ok: true, text };
  return bad({
    kind: "error",
    exhausted: true,
    code: UNFIT,
    message: `The model's answer does not fit: ${problem}`,
    details: { problem, answer: answer.text.slice(0, LONGEST_EXCERPT) },
  });
}

/** What to show the model of its unfit answer. `undefined`: the failure is of another kind. */
export function unfitAnswer(error: StepError): { readonly problem: string; readonly answer: string } | undefined {
  if (error.code !== UNFIT || !isJsonObject(error.details)) return undefined;
  const { problem, answer } = error.details;
  return { problem: typeof problem === "string" ? problem : "", answer: typeof answer === "string" ? answer : "" };
}

function bad(error: StepError): Judgment {
  return { ok: false, error };
}

/** How it ended says enough. */
function endError({ finishReason }: Answer): StepError | undefined {
  switch (finishReason) {
    case "content-filter":
      return { kind: "fatal", code: "ai_refused", message: "The model refused to answer." };
    case "length":
      return {
        kind: "error",
        exhausted: true,
        code: "ai_answer_cut",
        message: "The answer was cut off at the limit of output tokens.",
      };
    case "interrupted":
    case "error":
      return { kind: "error", code: BROKEN, message: "The model's answer broke off." };
    default:
      return undefined;
  }
}

function problemOf(text: string, schema: JsonObject): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "it is not JSON.";
  }
  return isJson(value) ? check(schema, value)?.message : "it is not JSON.";
}

/** Models without a JSON mode like to wrap their answer in a code block. */
function unfenced(text: string): string {
  return /^\s*```(?:json)?\s*\n([\s\S]*?)\n?```\s*$/.exec(text)?.[1] ?? text;
}

/** The JSON of an answer that was judged to be good. */
export function objectOf(text: string): Json {
  const value: unknown = JSON.parse(text);
  if (!isJson(value)) throw new TypeError("Not a JSON value.");
  return value;
}
