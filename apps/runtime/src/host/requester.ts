/**
 * On whose wish a run was started: what `settings.requester` says, else nobody.
 */
import { ExpressionError, type Json } from "@holdfast/dsl";
import type { CompiledFlow } from "./compiled-flow.ts";

export function requesterOf(
  flow: CompiledFlow,
  roots: { readonly input: Json; readonly trigger: Json },
): string | undefined {
  if (flow.requester === undefined) return undefined;
  try {
    const value = flow.requester.evaluate(roots);
    return typeof value === "string" && value !== "" ? value : undefined;
  } catch (error) {
    // An optional field that is not there: nobody is named.
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}
