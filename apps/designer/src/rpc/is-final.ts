import { codeOf, problemOf } from "../ui/problem.ts";

/** Whether asking again changes nothing: the server has understood and refused. Where it was not able to, it may be later. */
export function isFinal(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && code !== "internal_error" && problemOf(error)?.status !== 503;
}
