/** What the sub-steps of a step gave. */
import type pg from "pg";
import type { Json } from "@holdfast/dsl";
import type { Queryable } from "../read/queryable.ts";
import { joinPayload } from "./join-payload.ts";

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
      ${joinPayload("s.run", "s.output")}
      where s.run = $1 and s.node = $2 and s.call not in ('main', 'undo', 'repair') and s.status = 'completed'`,
    values: [run, node],
  });
  return result.rows;
}

/** A finished one. */
export interface FoundCall {
  /** Its place in the history of the run. */
  readonly seq: number;
  readonly value: Json | undefined;
}

/** What one gave; undefined: it has no row, or failed. */
export async function findCall(
  database: Queryable,
  run: string,
  { node, call }: { readonly node: string; readonly call: string },
): Promise<FoundCall | undefined> {
  const result = await database.query<StoredCall & { readonly seq: number }>({
    name: "holdfast_find_call",
    text: `
      select s.call, s.seq, coalesce(p.value, s.output) as output, s.has_output as "hasOutput"
      from holdfast.steps s
      ${joinPayload("s.run", "s.output")}
      where s.run = $1 and s.node = $2 and s.call = $3 and s.status = 'completed'`,
    values: [run, node, call],
  });
  const [found] = result.rows;
  return found && { seq: found.seq, value: found.hasOutput ? found.output : undefined };
}
