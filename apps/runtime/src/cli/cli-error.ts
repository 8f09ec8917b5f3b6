import type { ProblemIssue } from "../problem/problem.ts";

/** A reason why a command could not do what it was asked: one line for a person, a code for a program. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly code: string;
  readonly issues: readonly ProblemIssue[];

  constructor(code: string, message: string, issues: readonly ProblemIssue[] = []) {
    super(message);
    this.code = code;
    this.issues = issues;
  }
}
