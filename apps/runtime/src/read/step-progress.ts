/** How far attempts under way say they are. */
import type { JsonObject } from "@holdfast/dsl";
import type { Queryable } from "./queryable.ts";

/** As `meta` of a step: `{ progress: { part, note } }`. */
export type StepProgress = (step: { readonly node: string; readonly attempt: number }) => JsonObject | null;

/** What was said for another attempt counts no more. */
export async function stepProgress(database: Queryable, run: string): Promise<StepProgress> {
  const { rows } = await database.query<{ node: string; attempt: number; part: number; note: string | null }>({
    name: "holdfast_step_progress",
    text: "select node, attempt, part, note from holdfast.step_progress where run = $1",
    values: [run],
  });
  return ({ node, attempt }) => {
    const said = rows.find((row) => row.node === node && row.attempt === attempt);
    return said === undefined ? null : { progress: { part: said.part, note: said.note } };
  };
}
