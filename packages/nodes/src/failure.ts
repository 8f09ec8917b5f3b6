/** How a node says that it failed, from wherever it is. */
import type { StepError } from "@holdfast/dsl";
import { whyNotJson } from "./json.ts";

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

/** The error of a `NodeFailure`, whichever copy of this module made it; nothing, if it holds none. */
export function failureOf(thrown: unknown): StepError | undefined {
  return isFailure(thrown) ? soundError(thrown.error) : undefined;
}

const KINDS: ReadonlySet<unknown> = new Set(["error", "fatal", "timeout", "unknown"] satisfies StepError["kind"][]);

/** An error with what of it can be kept; nothing, if it says neither its kind nor what happened. */
export function soundError(error: StepError): StepError | undefined {
  const given: unknown = error;
  if (typeof given !== "object" || given === null) return undefined;
  const { kind, code, message, retryAfter, details, ...rest } = error;
  if (!KINDS.has(kind) || typeof code !== "string" || typeof message !== "string") return undefined;
  const waits = retryAfter !== undefined && Number.isFinite(retryAfter) && retryAfter >= 0;
  const keeps = details !== undefined && whyNotJson(details, { absent: true }) === undefined;
  return { kind, code, message, ...rest, ...(waits && { retryAfter }), ...(keeps && { details }) };
}

function isFailure(thrown: unknown): thrown is NodeFailure {
  return typeof thrown === "object" && thrown !== null && FAILURE in thrown;
}

/** What somebody threw, in words: an error with its causes, or whatever else it is. Never throws. */
export function wordsOf(thrown: unknown): string {
  return said(thrown, 0);
}

/** A cause may lead back to its error. */
const MOST_CAUSES = 5;

function said(thrown: unknown, depth: number): string {
  if (isFailure(thrown) && failureOf(thrown) === undefined) {
    return `a NodeFailure takes { kind, code, message }, its kind being ${[...KINDS].join(", ")}; it was given ${plainly(thrown.error)}`;
  }
  if (!(thrown instanceof Error)) return plainly(thrown);
  const { message, name, cause } = thrown;
  const several: readonly unknown[] = thrown instanceof AggregateError ? thrown.errors.slice(0, MOST_CAUSES) : [];
  const reasons = [...several, ...(cause === undefined || cause === null ? [] : [cause])];
  const why = depth < MOST_CAUSES ? reasons.map((reason) => said(reason, depth + 1)).join("; ") : "";
  const what = message === "" ? name : message;
  return why === "" || what.includes(why) ? what : `${what} (${why})`;
}

function plainly(thrown: unknown): string {
  try {
    return typeof thrown === "object" && thrown !== null ? JSON.stringify(thrown) : String(thrown);
  } catch {
    return "something that can't be shown";
  }
}

/** Short for a failure that trying again can't help. */
export function fatalFailure(code: string, message: string, pointer?: string): NodeFailure {
  return new NodeFailure({ kind: "fatal", code, message, ...(pointer !== undefined && { pointer }) });
}
