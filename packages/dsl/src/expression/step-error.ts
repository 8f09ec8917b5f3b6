import type { StepError } from "../contract/outcome.ts";
import { ExpressionError } from "./error.ts";
import { ParamsError } from "./params.ts";

/** Of an expression that is told in a message; the whole of it stands in the details. */
const SHOWN = 200;

/**
 * Why a step's params or a condition of its node could not be evaluated: trying again gives the same. `pointer` leads
 * into the node, `details` tell the expression and where in its text it failed. Undefined: the error is another one.
 */
export function stepErrorOf(error: unknown): StepError | undefined {
  if (error instanceof ParamsError) {
    return { kind: "fatal", code: "params_invalid", message: error.message, pointer: `/params${error.pointer}` };
  }
  if (!(error instanceof ExpressionError)) return undefined;
  const { code, expression, start, end } = error;
  const shown = expression.length > SHOWN ? `${expression.slice(0, SHOWN)} …` : expression;
  return {
    kind: "fatal",
    code: "expression_failed",
    message: `${error.message} (in “${shown.trim()}”)`,
    pointer: `/params${error.pointer}`,
    details: { expression, code, start, end },
  };
}
