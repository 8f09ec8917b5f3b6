/**
 * What a log line says of an error: its name, message, code, stack and causes. Other fields of errors can hold anything
 * (a database driver hangs its whole connection on them) and are left out.
 */
export interface ErrorFields {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: ErrorFields;
  readonly errors?: readonly ErrorFields[];
}

/** Causes of causes end somewhere, also where they run in a circle. */
const DEEPEST = 4;

export function errorFields(error: unknown, depth = 0): ErrorFields {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const deeper = depth < DEEPEST;
  return {
    type: error.name,
    message: error.message,
    ...("code" in error && typeof error.code === "string" ? { code: error.code } : {}),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(error.cause === undefined || !deeper ? {} : { cause: errorFields(error.cause, depth + 1) }),
    ...(error instanceof AggregateError && deeper
      ? { errors: error.errors.slice(0, 5).map((one) => errorFields(one, depth + 1)) }
      : {}),
  };
}
