/**
 * How steps ended, for the expressions that read them.
 */
import type pg from "pg";
import type { Json, StepError } from "@holdfast/dsl";
import { joinPayload } from "./join-payload.ts";

export interface StoredResult {
  readonly node: string;
  /** Null: it failed for good. */
  readonly port: string | null;
  readonly output: Json;
  readonly error: StepError | null;
  readonly attempts: number;
  /** The offline model answered. */
  readonly offline: boolean;
}

/** The last result of each node, over a run and the runs whose outputs its body may read. */
export async function loadResults(
  database: pg.Pool,
  runs: readonly string[],
  nodes: readonly string[],
): Promise<ReadonlyMap<string, StoredResult>> {
  const result = await database.query<StoredResult>({
    name: "holdfast_load_results",
    text: `
      select distinct on (s.node) s.node, case when s.status = 'completed' then s.port end as port,
        case when s.status = 'completed' then coalesce(p.value, s.output) end as output, s.error, s.attempt as attempts,
        coalesce((s.meta ->> 'offline')::boolean, false) as offline
      from holdfast.steps s
      ${joinPayload("s.run", "s.output")}
      where s.run = any($1::uuid[]) and s.node = any($2::text[]) and s.call in ('main', 'repair')
      order by s.node, s.seq desc`,
    values: [runs, nodes],
  });
  return new Map(result.rows.map((row) => [row.node, row]));
}

/** Outputs of the children of a step, by iteration. */
export interface StoredChild {
  readonly index: number;
  readonly status: "completed" | "failed" | "canceled";
  readonly output: Json;
  readonly error: StepError | null;
}

export async function loadChildren(
  database: pg.Pool,
  parent: string,
  node: string,
  from: number,
): Promise<readonly StoredChild[]> {
  const result = await database.query<StoredChild>({
    name: "holdfast_load_children",
    text: `
      select r.iteration as index, r.status, coalesce(p.value, r.output) as output, r.error
      from holdfast.runs r
      ${joinPayload("r.id", "r.output")}
      where r.parent = $1 and r.parent_node = $2 and r.iteration >= $3 and r.finished_at is not null
      order by r.iteration`,
    values: [parent, node, from],
  });
  return result.rows;
}
