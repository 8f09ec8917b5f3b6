/** What the sub-steps of a step gave. */
import type pg from "pg";
import type { Json } from "@holdfast/dsl";

interface StoredCall {
  readonly call: string;
  readonly output: Json;
  readonly hasOutput: boolean;
}

/** The finished ones of a node. */
export async function loadCalls(database: pg.Pool, run: string, node: string): Promise<readonly StoredCall[]> {
  const result = await database.query<StoredCall>({
    name: "holdfast_load_calls",
    text: `
      select s.call, coalesce(p.value, s.output) as output, s.has_output as "hasOutput"
      from holdfast.steps s
      left join holdfast.payloads p on json_typeof(s.output) = 'object' and p.id = (s.output ->> '$payload')::uuid
      where s.run = $1 and s.node = $2 and s.call not in ('main', 'undo', 'repair') and s.status = 'completed'`,
    values: [run, node],
  });
  return result.rows;
}
