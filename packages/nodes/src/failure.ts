/** How a node says that it failed, from wherever it is. */
import type { StepError } from "@holdfast/dsl";

/** Packages may bring a copy of this module of their own: what it throws is known by this, not by its class. */
const FAILURE: unique symbol = Symbol.for("holdfast.node-failure");

/**
 * Thrown by a node: the step has failed, with this error.
 *
 * @example
 * ```ts
 * throw new NodeFailure({ kind: "fatal", code: "card_expired", message: "The card has expired." });
 * ```
 */
export class NodeFailure extends Error {
  override readonly name = "NodeFailure";
  readonly error: StepError;
  readonly [FAILURE] = true;

  constructor(error: StepError, options?: ErrorOptions) {
    super(error.message, options);
    this.error = error;
  }
}

/** The error of a `NodeFailure`, whichever copy of this module made it. */
export function failureOf(thrown: unknown): StepError | undefined {
  return isFailure(thrown) ? thrown.error : undefined;
}

function isFailure(thrown: unknown): thrown is NodeFailure {
  return typeof thrown === "object" && thrown !== null && FAILURE in thrown;
}

/** Short for a failure that trying again can't help. */
export function fatalFailure(code: string, message: string, pointer?: string): NodeFailure {
  return new NodeFailure({ kind: "fatal", code, message, ...(pointer !== undefined && { pointer }) });
}
