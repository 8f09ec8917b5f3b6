import type { Context } from "hono";
import type { Logger } from "../log/logger.ts";
import { problemFrom } from "./problem-from.ts";
import { PROBLEM_TYPE, viewProblem } from "./problem-view.ts";
import type { Problem } from "../problem/problem.ts";
import type { ApiEnvironment } from "./environment.ts";

/** Whatever was thrown, as problem+json; what is our fault goes to the log. */
export function answerProblem(context: Context<ApiEnvironment>, error: unknown, logger: Logger): Response {
  const problem = problemFrom(error);
  const requestId = context.get("requestId");
  if (problem.status >= 500) logger.error({ err: error, requestId }, problem.message);
  if (problem.status === 401) context.header("WWW-Authenticate", 'Bearer realm="holdfast"');
  if (problem.status === 503) context.header("Retry-After", "1");
  return context.body(JSON.stringify(viewProblem(problem, requestId)), statusOf(problem), {
    "Content-Type": PROBLEM_TYPE,
  });
}

const STATUSES = [400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 501, 503] as const;

const statusOf = (problem: Problem): (typeof STATUSES)[number] =>
  STATUSES.find((status) => status === problem.status) ?? 500;
