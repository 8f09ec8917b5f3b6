import type { ExpressionErrorCode } from "../error.ts";

/** What a check can find, beside what compiling refuses. */
export type ExpressionIssueCode =
  | ExpressionErrorCode
  /** No node has this id. */
  | "unknown_node"
  /** The node can't have completed before the reader. */
  | "node_never_completed"
  /** The node, or the field of its output, is there on some ways to the reader only. */
  | "maybe_absent"
  /** The schema does not require the field. */
  | "optional_field"
  /** The schema declares other fields, not this one. */
  | "no_such_field"
  /** A comparison that can't come out true. */
  | "never_equal"
  /** A condition that does not give true or false. */
  | "not_a_condition";

/** Something wrong, or doubtful, in one expression. */
export interface ExpressionIssue {
  readonly code: ExpressionIssueCode;
  readonly severity: "error" | "warning";
  readonly message: string;
  /** Offsets in the text that holds the expression. */
  readonly start: number;
  readonly end: number;
  readonly hint?: string;
}
