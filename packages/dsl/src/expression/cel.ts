/** Parsing by cel-js. This file, `environment.ts`, `translate.ts` and `value.ts` are all that know the library. */
import type { ASTNode, ParseResult } from "@marcbachmann/cel-js";
import { createEnvironment } from "./environment.ts";
import { ExpressionError } from "./error.ts";
import { EXPRESSION_LIMITS } from "./limits.ts";
import { translate } from "./translate.ts";

export type { ASTNode };

const environment = createEnvironment();

/** Parses a CEL expression. @throws ExpressionError */
export function parseCel(source: string): ParseResult {
  if (source.length > EXPRESSION_LIMITS.sourceLength) {
    throw new ExpressionError({
      code: "too_complex",
      message: `The expression has more than ${EXPRESSION_LIMITS.sourceLength} characters`,
      start: 0,
      end: source.length,
      expression: source,
    });
  }
  try {
    return environment.parse(source);
  } catch (error) {
    throw translate(error, source);
  }
}
