/** The child runs of a run's steps, counted. */
import type { Queryable } from "./queryable.ts";
import type { RunSummary } from "./run-view.ts";

export interface ChildCounts {
  /** The step they belong to. */
  readonly node: string;
  /** How many there are so far; a loop starts them as others end. */
  readonly total: number;
  readonly counts: { readonly [status in RunSummary["status"]]?: number };
}

/** By node. The caller has checked that the run may be seen. */
export async function childCounts(database: Queryable, run: string): Promise<readonly ChildCounts[]> {
  const result = await database.query<{ node: string; status: RunSummary["status"]; runs: number }>({
    name: "holdfast_child_counts",
    text: `select parent_node as node, status, count(*)::int as runs from holdfast.runs
      where parent = $1 group by 1, 2 order by 1, 2`,
    values: [run],
  });
  return [...Map.groupBy(result.rows, ({ node }) => node)].map(([node, rows]) => ({
    node,
    total: rows.reduce((sum, { runs }) => sum + runs, 0),
    counts: Object.fromEntries(rows.map(({ status, runs }) => [status, runs])),
  }));
}
