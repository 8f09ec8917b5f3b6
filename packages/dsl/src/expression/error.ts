/** Why an expression was refused or failed. Stable: messages may change, codes do not. */
export type ExpressionErrorCode =
  /** The text is no CEL. */
  | "syntax_error"
  /** A `{{` without its `}}`, or with nothing inside. */
  | "template_syntax"
  /** CEL, but larger or more deeply nested than `EXPRESSION_LIMITS` allows. */
  | "too_complex"
  /** A root such as `input` was expected. */
  | "unknown_root"
  | "unknown_function"
  /** `constructor`, `__proto__` and the like. */
  | "forbidden_name"
  /** A construct of CEL that Holdfast leaves out, such as `nodes[x]`. */
  | "unsupported"
  /** Types do not fit, seen before or while evaluating. */
  | "type_error"
  /** A field, node or list element that is not there. */
  | "absent_value"
  /** A regular expression that RE2 does not take, or that is too long. */
  | "invalid_pattern"
  | "too_costly"
  | "input_too_large"
  | "result_too_large"
  /** The result is not JSON: not a finite number, an integer beyond 2^53, an optional. */
  | "not_json"
  | "evaluation_failed";

export interface ExpressionErrorInit {
  readonly code: ExpressionErrorCode;
  readonly message: string;
  /** Offsets in the text that holds the expression: the condition, or the whole template string. */
  readonly start: number;
  readonly end: number;
  /** The source of the expression, without braces. */
  readonly expression: string;
  /** JSON pointer to the string, in a template value or in params. */
  readonly pointer?: string;
  readonly hint?: string;
}

/** The only error that compiling or evaluating an expression throws. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
  readonly code: ExpressionErrorCode;
  readonly start: number;
  readonly end: number;
  readonly expression: string;
  readonly pointer: string;
  readonly hint: string | undefined;

  constructor(init: ExpressionErrorInit) {
    super(init.message);
    this.code = init.code;
    this.start = init.start;
    this.end = init.end;
    this.expression = init.expression;
    this.pointer = init.pointer ?? "";
    this.hint = init.hint;
  }

  /** The same error seen from a text that holds the expression from `offset` on, at `pointer` in a value. */
  within(offset: number, pointer: string): ExpressionError {
    return new ExpressionError({
      code: this.code,
      message: this.message,
      start: this.start + offset,
      end: this.end + offset,
      expression: this.expression,
      pointer: pointer + this.pointer,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
    });
  }
}
