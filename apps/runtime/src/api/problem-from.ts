/**
 * Whatever was thrown, as a problem. What nobody foresaw becomes `internal_error`, whose text tells nothing of the
 * inside: that stands in the log, under the request's id.
 */
import { HTTPException } from "hono/http-exception";
import type { z } from "@hono/zod-openapi";
import { toPointer } from "@holdfast/dsl";
import { Problem, type ProblemIssue } from "../problem/problem.ts";
import { issueText } from "./issue-text.ts";

/** Connection lost, refused or not to be had; server shutting down or starting: another try may do. */
const UNAVAILABLE = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|ETIMEDOUT|57P0[123]|53300|08\d{3})$/;
const NO_CONNECTION = /timeout exceeded when trying to connect|Connection terminated/i;

export function problemFrom(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HTTPException) return new Problem(error.status, `http_${error.status}`, error.message);
  if (isUnavailable(error)) {
    return new Problem(503, "database_unavailable", "the database does not answer", { hint: "try again in a moment" });
  }
  return new Problem(500, "internal_error", "something went wrong here; the log has it under this request's id");
}

function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (UNAVAILABLE.test(code) || NO_CONNECTION.test(error.message)) return true;
  return error instanceof AggregateError && error.errors.some(isUnavailable);
}

/**
 * Everything zod found wrong, each with its pointer.
 * @param sent What was checked, where the issues don't hold it: it tells a missing field from a wrong one.
 */
export function issuesFrom(error: z.ZodError, sent?: unknown): ProblemIssue[] {
  return error.issues.flatMap((issue): ProblemIssue[] => {
    const path = issue.path;
    switch (issue.code) {
      case "unrecognized_keys":
        return issue.keys.map((key) => ({
          code: "unknown_field",
          pointer: toPointer([...path, key]),
          message: `there is no field ${JSON.stringify(key)} here`,
        }));
      case "invalid_type": {
        const missing = issue.input === undefined && valueAt(sent, path) === undefined;
        return [
          {
            code: missing ? "missing_field" : "wrong_type",
            pointer: toPointer(path),
            message: missing ? `this must be there (${issue.expected})` : issueText(issue),
          },
        ];
      }
      case "too_big":
      case "too_small":
        return [{ code: issue.code, pointer: toPointer(path), message: issueText(issue) }];
      case "custom": {
        const code: unknown = issue.params?.["code"];
        return [
          { code: typeof code === "string" ? code : "invalid", pointer: toPointer(path), message: issue.message },
        ];
      }
      default:
        return [{ code: "invalid", pointer: toPointer(path), message: issueText(issue) }];
    }
  });
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined),
    value,
  );
