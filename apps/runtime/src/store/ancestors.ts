/**
 * The runs that a loop body reads from: its parent, and upwards as long as that is a body too. The last one is the
 * flow's own run, whose input and trigger the bodies share.
 */
import type pg from "pg";
import type { Json } from "@holdfast/dsl";

export interface Ancestor {
  readonly id: string;
  readonly body: boolean;
  readonly iteration: number | null;
  readonly input: Json;
  readonly trigger: Json;
  readonly startedAt: number;
  readonly requester: string | null;
}

/** Nearest first. Empty for a run that is no body. */
export async function loadAncestors(database: pg.Pool, run: string): Promise<readonly Ancestor[]> {
  const result = await database.query<Ancestor>({
    name: "holdfast_load_ancestors",
    text: `
      with recursive up as (
        select p.*, 1 as depth from holdfast.runs r join holdfast.runs p on p.id = r.parent where r.id = $1 and r.body
        union all
        select p.*, up.depth + 1 from up join holdfast.runs p on p.id = up.parent where up.body
      )
      select id, body, iteration, input, trigger, holdfast.ms(started_at) as "startedAt", requester from up order by depth`,
    values: [run],
  });
  return result.rows;
}
