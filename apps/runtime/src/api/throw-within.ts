import { Problem } from "../problem/problem.ts";

/** For `catch`: a problem with a part of what was sent becomes one with the whole, in which the part stands at `at`. */
export const throwWithin =
  (at: string) =>
  (error: unknown): never => {
    if (!(error instanceof Problem)) throw error;
    const { status, code, message, pointer, hint, issues, details } = error;
    throw new Problem(status, code, message, {
      ...(pointer === undefined ? {} : { pointer: at + pointer }),
      ...(hint === undefined ? {} : { hint }),
      ...(details === undefined ? {} : { details }),
      issues: issues.map((issue) => ({ ...issue, pointer: at + issue.pointer })),
    });
  };
