/** The one way to write the audit: what somebody did, in the transaction in which it is done. */
import type pg from "pg";
import type { Json } from "@holdfast/dsl";
import { type Actor, actorText } from "../actor/actor.ts";
import type { Caller } from "../services/services.ts";

export interface Operation {
  /** A noun and a verb: `run.cancel`. */
  readonly action: string;
  /** What it was done to: `run:…`. */
  readonly target: string;
  /** What it replaces, where that is not known from earlier entries. */
  readonly before?: Json;
  /** What is so from now on; of a decision also what its maker saw (`saw`). Never a secret. */
  readonly after?: Json;
}

/**
 * Call it last in the transaction: it takes the lock of the workspace's chain, and nothing may be locked after it.
 * @returns Its place in the chain.
 */
export async function noteOperation(
  client: pg.PoolClient,
  caller: { readonly workspace: number; readonly actor: Actor; readonly door: Caller["door"] },
  { action, target, before, after }: Operation,
): Promise<number> {
  const noted = await client.query<{ seq: number }>({
    name: "holdfast_note",
    text: "select holdfast.note($1, $2, $3, $4, $5, $6, $7) as seq",
    values: [
      caller.workspace,
      actorText(caller.actor),
      caller.door,
      action,
      target,
      before === undefined ? null : JSON.stringify(before),
      after === undefined ? null : JSON.stringify(after),
    ],
  });
  return noted.rows[0]?.seq ?? 0;
}
