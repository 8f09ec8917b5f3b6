/** Whether what a node answered can be kept: asked before anything of it is folded, so that nothing half-kept remains. */
import type { Json, Outcome, OutgoingEvent, StepError } from "@holdfast/dsl";
import { jsonText, UnstorableValueError } from "../../writer/json-text.ts";
import { LIMITS } from "../limits.ts";

/** Why an outcome can't be kept, the value of an output apart: that is asked where it is written. */
export function unkeepable(outcome: Outcome): StepError | undefined {
  switch (outcome.type) {
    case "output":
      return firstOf(outcome.events ?? [], ofEvent);
    case "wait":
      return of("What it waits for", outcome.wait, LIMITS.output);
    case "children": {
      const { items } = outcome.children;
      return firstOf(items, (item, index) => of(`The input of run ${index + 1}`, item, LIMITS.input));
    }
    case "fail":
      return undefined;
  }
}

const ofEvent = ({ name, data }: OutgoingEvent): StepError | undefined =>
  of("The event's name", name, LIMITS.event) ?? of("The event", data, LIMITS.event);

function firstOf<T>(
  list: readonly T[],
  ask: (element: T, index: number) => StepError | undefined,
): StepError | undefined {
  for (const [index, element] of list.entries()) {
    const error = ask(element, index);
    if (error !== undefined) return error;
  }
  return undefined;
}

function of(what: string, value: object | Json, maxBytes: number): StepError | undefined {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- contracts of waits are JSON, said by interfaces
    jsonText(value as Json, maxBytes);
    return undefined;
  } catch (error) {
    if (!(error instanceof UnstorableValueError)) throw error;
    return { kind: "fatal", code: error.code, message: `${what} can't be kept: ${error.message}.` };
  }
}

/** Characters of a failure's message, and bytes of its details, in the engine's state. */
const MAX_MESSAGE = 2_000;
const MAX_DETAILS = 4_000;

/** The same error, as it can be kept, and short enough for the state; the message says where it was cut. */
export function keepableError(error: StepError): StepError {
  const { details, pointer, ...rest } = error;
  const message = error.message.length > MAX_MESSAGE ? `${error.message.slice(0, MAX_MESSAGE)} …` : error.message;
  const keeps = details !== undefined && of("", details, MAX_DETAILS) === undefined;
  return {
    ...rest,
    message: storable(message),
    ...(pointer === undefined ? {} : { pointer: storable(pointer) }),
    ...(keeps ? { details } : {}),
  };
}

/** The replacement character stands for what Postgres can't store. */
const storable = (text: string): string => text.toWellFormed().replaceAll("\u0000", "\uFFFD");
