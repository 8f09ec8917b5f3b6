/**
 * Errors of procedures: whatever was thrown becomes a problem, as the API tells it, in `data.problem`. What nobody
 * foresaw tells nothing of the inside.
 */
import { TRPCError, type TRPC_ERROR_CODE_KEY } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { ZodError } from "zod";
import { issuesFrom, problemFrom } from "../api/problem-from.ts";
import { Problem } from "../problem/problem.ts";

const CODES: Readonly<Record<number, TRPC_ERROR_CODE_KEY>> = {
  400: "BAD_REQUEST",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  405: "METHOD_NOT_SUPPORTED",
  409: "CONFLICT",
  410: "NOT_FOUND",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  422: "UNPROCESSABLE_CONTENT",
  429: "TOO_MANY_REQUESTS",
  501: "NOT_IMPLEMENTED",
  503: "SERVICE_UNAVAILABLE",
};

/**
 * The problem behind an error that a procedure, or the call of it, ended with.
 * @param input What was sent, where that is known.
 */
export function problemOf(error: unknown, input?: unknown): Problem {
  if (!(error instanceof TRPCError)) return problemFrom(error);
  const { cause, code } = error;
  if (cause instanceof Problem) return cause;
  if (cause instanceof ZodError && code === "BAD_REQUEST") return inputProblem(cause, input);
  if (code === "INTERNAL_SERVER_ERROR") return problemFrom(cause ?? error);
  const status = getHTTPStatusCodeFromError(error);
  // What the caller did wrong with the call itself: the path, the method, broken JSON.
  return new Problem(status, code === "NOT_FOUND" ? "procedure_not_found" : code.toLowerCase(), error.message);
}

/** As the transport takes it: with the status that the problem has. */
export function errorFrom(error: unknown, input: unknown): TRPCError {
  const problem = problemOf(error, input);
  const code = CODES[problem.status] ?? "INTERNAL_SERVER_ERROR";
  // The log gets the cause of what is our fault; the caller gets the problem alone.
  const cause = problem.code === "internal_error" && error instanceof Error ? (error.cause ?? error) : problem;
  return new TRPCError({ code, message: problem.message, cause });
}

function inputProblem(error: ZodError, input: unknown): Problem {
  const issues = issuesFrom(error, input);
  const first = issues[0];
  const why = first === undefined ? "" : `: ${first.message}`;
  return new Problem(400, "input_invalid", `what was sent does not fit${why}`, {
    ...(first === undefined ? {} : { pointer: first.pointer }),
    issues,
  });
}
