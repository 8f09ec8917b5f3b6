import { z } from "@hono/zod-openapi";
import type { Problem, ProblemIssue } from "../problem/problem.ts";
import { jsonView } from "../read/view.ts";

export const PROBLEM_TYPE = "application/problem+json";

/** What an error answer holds (RFC 9457). */
export const problemView = z
  .object({
    type: z.string().openapi({ example: "urn:holdfast:problem:run_not_found" }),
    title: z.string(),
    status: z.int(),
    code: z.string().openapi({ description: "Stable; programs go by it.", example: "run_not_found" }),
    requestId: z.string().openapi({ description: "Stands in the server's logs." }),
    pointer: z.string().optional().openapi({ description: "JSON pointer to what is wrong in what was sent." }),
    hint: z.string().optional().openapi({ description: "What would be right." }),
    issues: z
      .array(z.object({ code: z.string(), pointer: z.string(), message: z.string(), hint: z.string().optional() }))
      .optional()
      .openapi({ description: "Everything that is wrong, where there can be several things." }),
    details: jsonView.optional(),
  })
  .openapi("Problem");
export type ProblemView = z.infer<typeof problemView>;

const issueView = ({ code, pointer, message, hint }: ProblemIssue): ProblemIssue => ({
  code,
  pointer,
  message,
  ...(hint === undefined ? {} : { hint }),
});

export function viewProblem(problem: Problem, requestId: string): ProblemView {
  return {
    type: `urn:holdfast:problem:${problem.code}`,
    title: problem.message,
    status: problem.status,
    code: problem.code,
    requestId,
    ...(problem.pointer === undefined ? {} : { pointer: problem.pointer }),
    ...(problem.hint === undefined ? {} : { hint: problem.hint }),
    ...(problem.issues.length === 0 ? {} : { issues: problem.issues.map(issueView) }),
    ...(problem.details === undefined ? {} : { details: problem.details }),
  };
}
