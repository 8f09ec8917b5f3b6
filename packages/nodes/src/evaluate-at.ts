import { type ControlContext, ExpressionError, type Json, type JsonObject } from "@holdfast/dsl";

/** A condition, and where it stands in the params (a JSON pointer). */
interface ConditionAt {
  readonly source: string;
  readonly pointer: string;
}

/** Evaluates a condition. @throws ExpressionError that tells where the condition stands. */
export function evaluateAt(context: ControlContext, { source, pointer }: ConditionAt, more?: JsonObject): Json {
  try {
    return context.evaluate(source, more);
  } catch (error) {
    throw error instanceof ExpressionError ? error.within(0, pointer) : error;
  }
}
