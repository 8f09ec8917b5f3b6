/** Several tries of one question, told as one. */
import { isJsonObject, type JsonObject, type StepError } from "@holdfast/dsl";
import { addBills, billMeta, billOf, NOTHING, type Bill } from "./usage.ts";

/** The meta of an answer, with what the tries before it took. An answer that was kept is no try. */
export function wholeMeta(answered: JsonObject, failures: readonly StepError[]): JsonObject {
  return {
    ...answered,
    ...billMeta(addBills(billOf(answered), billOfAll(failures))),
    tries: failures.length + (answered["cached"] === undefined ? 1 : 0),
    ...(failures.length > 0 && { failed: failures.map(lineOf) }),
  };
}

/**
 * The failure of a question that nobody answered. Where one of the models may answer later, it is tried again then; else
 * where an answer was only unfit, a person decides; else it is final.
 */
export function wholeFailure(failures: readonly StepError[]): StepError {
  const passing = failures.filter(({ kind, exhausted }) => kind !== "fatal" && exhausted !== true);
  const unfit = failures.filter(({ exhausted }) => exhausted === true);
  const [only] = failures;
  const deciding = passing.at(-1) ?? unfit.at(-1) ?? failures.at(-1);
  if (only === undefined || deciding === undefined) throw new TypeError("Nothing was tried.");
  const waits = passing.flatMap(({ retryAfter }) => (retryAfter === undefined ? [] : [retryAfter]));
  const others = failures.filter((failure) => failure !== deciding);
  const { retryAfter: _, ...rest } = deciding;
  return {
    ...rest,
    message: [deciding.message, ...others.map(sentenceOf)].join(" "),
    ...(waits.length > 0 && { retryAfter: Math.min(...waits) }),
    details: {
      ...(isJsonObject(deciding.details) && deciding.details),
      ...billMeta(billOfAll(failures)),
      tries: failures.map(lineOf),
    },
  };
}

function billOfAll(failures: readonly StepError[]): Bill {
  return failures.map(({ details }) => billOf(details)).reduce(addBills, NOTHING);
}

function lineOf({ code, message, details }: StepError): JsonObject {
  return { model: modelOf(details), code, message };
}

function sentenceOf({ message, details }: StepError): string {
  return `Also asked: ${modelOf(details)}. ${message}`;
}

function modelOf(details: StepError["details"]): string {
  const model = isJsonObject(details) ? details["model"] : undefined;
  return typeof model === "string" ? model : "";
}
