/** What a failed statement means for the step. */
import type { Effect, JsonObject, StepError } from "@holdfast/dsl";
import pg from "pg";
import { findOutboundError, outboundError } from "../http-request/classify.ts";
import { AddressError } from "./address.ts";
import { TooMuch } from "./session.ts";

/** When it failed. */
interface Moment {
  readonly effect: Effect;
  readonly signal: AbortSignal;
  /** The commit was asked for, and nothing is known of it. */
  readonly committing: boolean;
}

/** Classes of SQLSTATE that are about the moment: connection, resources, a restart, an operator. */
const LATER = /^(08|53|57P|40|55P03|58)/;
const CANCELED = "57014";

/** A statement that was not committed has changed nothing, whatever it was; a commit without an answer may have. */
export function sqlError(error: unknown, { effect, signal, committing }: Moment): StepError {
  if (error instanceof AddressError) return { kind: "fatal", code: "credential_invalid", message: error.message };
  if (error instanceof TooMuch) return tooMuch(error);
  if (error instanceof pg.DatabaseError && error.code !== undefined) return told(error, error.code);
  const outbound = findOutboundError(error);
  if (outbound !== undefined) return outboundError("repeatable", outbound);
  if (committing && effect === "once") {
    const message = "The connection broke while the change was being committed. Whether it was is not known.";
    return { kind: "unknown", code: "commit_lost", message };
  }
  if (signal.aborted) return { kind: "timeout", code: "timeout", message: "The database took too long." };
  const why = error instanceof Error ? error.message : String(error);
  if (why.includes("does not support SSL")) {
    const message =
      "The server speaks no TLS. Without it, the credential's address has to say so by ?sslmode=disable at its end.";
    return { kind: "fatal", code: "tls_failed", message };
  }
  return { kind: "error", code: "connection_lost", message: `The connection to the database broke: ${why}` };
}

function tooMuch({ what }: TooMuch): StepError {
  const message =
    what === "rows"
      ? "The statement gives more rows than it may. Nothing was changed. Ask for fewer, or raise “Rows at most”."
      : "What the statement gives is over the limit of 8 MiB. Nothing was changed. Ask for fewer rows or columns.";
  return { kind: "fatal", code: what === "rows" ? "too_many_rows" : "answer_too_large", message };
}

function told(error: pg.DatabaseError, state: string): StepError {
  const message = sentence(error.message);
  const details: JsonObject = { sqlState: state };
  for (const name of ["position", "constraint", "table", "column", "hint"] as const) {
    const value = error[name];
    if (value !== undefined) details[name] = value;
  }
  if (state === CANCELED) {
    return { kind: "timeout", code: "timeout", message: "The statement took longer than the step may.", details };
  }
  if (LATER.test(state)) {
    return { kind: "error", code: `sql_${state}`, message: `The database asks to try later: ${message}`, details };
  }
  if (state.startsWith("28")) {
    return { kind: "fatal", code: "login_failed", message: `The database refused the login: ${message}`, details };
  }
  if (state === "25006") {
    const why = "The statement changes data, but is said to read. Choose “Changes data” if that is what it is for.";
    return { kind: "fatal", code: "read_only", message: why, details };
  }
  return { kind: "fatal", code: `sql_${state}`, message: `The database refused: ${message}`, details };
}

const sentence = (text: string): string => {
  const line = text.replaceAll(/\s+/g, " ").slice(0, 300);
  return /[.!?]$/.test(line) ? line : `${line}.`;
};
