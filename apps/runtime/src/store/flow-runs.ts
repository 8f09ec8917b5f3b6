/** Runs of flows that steps ask for in their middle. A step has one under each name. */
import type pg from "pg";
import type { ChildrenSpec, Json, StepError } from "@holdfast/dsl";
import { joinPayload } from "./join-payload.ts";

export interface StoredFlowRun {
  /** Its number among the children of its step. */
  readonly index: number;
  readonly status: string;
  readonly isOver: boolean;
  readonly output: Json;
  readonly error: StepError | null;
}

/** The run that a step has under a name, or the number that a new one gets. */
export async function findFlowRun(
  database: pg.Pool,
  parent: string,
  node: string,
  call: string,
): Promise<StoredFlowRun | { readonly next: number }> {
  const result = await database.query<StoredFlowRun>({
    name: "holdfast_flow_run",
    text: `
      select r.iteration as index, r.status, r.finished_at is not null as "isOver", coalesce(p.value, r.output) as output, r.error
      from holdfast.runs r
      ${joinPayload("r.id", "r.output")}
      where r.parent = $1 and r.parent_node = $2 and r.parent_call = $3`,
    values: [parent, node, call],
  });
  const [found] = result.rows;
  if (found !== undefined) return found;
  const last = await database.query<{ next: number }>({
    name: "holdfast_next_child",
    text: `select coalesce(max(iteration) + 1, 0) as next from holdfast.runs where parent = $1 and parent_node = $2`,
    values: [parent, node],
  });
  return { next: last.rows[0]?.next ?? 0 };
}

/** What a step waits to be run, by a process that did not ask for it. */
export async function loadWantedRun(database: pg.Pool, run: string, node: string): Promise<ChildrenSpec | undefined> {
  const result = await database.query<{ spec: ChildrenSpec }>({
    name: "holdfast_wanted_run",
    text: `select outcomes -> 'spec' as spec from holdfast.waits
      where run = $1 and node = $2 and kind = 'children' and status = 'open' and in_step is not null`,
    values: [run, node],
  });
  return result.rows[0]?.spec;
}
