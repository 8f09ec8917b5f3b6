/**
 * An answer that says no: what was wrong, where, and what would be right. Every door (API, CLI, form) shows it in
 * its own form; over HTTP it is problem+json (RFC 9457).
 */
import type { Json } from "@holdfast/dsl";

export interface ProblemIssue {
  readonly code: string;
  /** JSON pointer into what was sent. */
  readonly pointer: string;
  readonly message: string;
  readonly hint?: string;
}

export class Problem extends Error {
  override readonly name = "Problem";
  /** Stable, snake_case. */
  readonly code: string;
  /** HTTP status. */
  readonly status: number;
  readonly pointer: string | undefined;
  readonly hint: string | undefined;
  readonly issues: readonly ProblemIssue[];
  readonly details: Json | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    more: { pointer?: string; hint?: string; issues?: readonly ProblemIssue[]; details?: Json } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.pointer = more.pointer;
    this.hint = more.hint;
    this.issues = more.issues ?? [];
    this.details = more.details;
  }
}
