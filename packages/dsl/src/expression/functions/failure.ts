import type { ExpressionErrorCode } from "../error.ts";

/** Thrown by a function of the library; the evaluator adds the position and makes an `ExpressionError` of it. */
export class FunctionFailure extends Error {
  readonly code: ExpressionErrorCode;

  constructor(code: ExpressionErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
