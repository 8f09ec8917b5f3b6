/**
 * A run that ends its process again and again without getting further is set aside for a person, before it takes down
 * all others with it.
 */
import type pg from "pg";
import type { StepError } from "@holdfast/dsl";
import { uuid7 } from "../ids/uuid7.ts";
import type { Lease } from "./leases.ts";

/** The node of an incident that is the whole run's. */
const WHOLE_RUN = "";

/** Gives the lease up and opens an incident. Nothing happens if somebody else has taken the run. */
export async function quarantine(database: pg.Pool, lease: Lease, crashes: number): Promise<void> {
  const error: StepError = {
    kind: "unknown",
    code: "crash_loop",
    message: `${crashes} processes in a row ended while they carried this run, each at the same place.`,
  };
  await database.query({
    text: `
      with u as (
        update holdfast.runs set status = 'waiting', lease_owner = null, lease_until = null, seen_seq = wake_seq
        where id = $1 and epoch = $2 returning id, workspace
      )
      insert into holdfast.incidents (id, workspace, run, node, kind, of, attempt, error, status, opened_at)
      select $3, u.workspace, u.id, $4, 'crash_loop', 'step', $5, $6, 'open', holdfast.now() from u
      on conflict do nothing`,
    values: [lease.run, lease.epoch, uuid7(), WHOLE_RUN, crashes, JSON.stringify(error)],
  });
}

/** A person says what becomes of it: another try, or its end. */
export async function endQuarantine(client: pg.PoolClient, run: string, action: "retry" | "fail"): Promise<void> {
  await client.query({
    text:
      action === "retry"
        ? "update holdfast.runs set crash_count = 0 where id = $1"
        : `update holdfast.runs set status = 'failed', finished_at = holdfast.now(),
             error = (select error from holdfast.incidents where run = $1 and kind = 'crash_loop' order by opened_at desc limit 1)
           where id = $1 and finished_at is null`,
    values: [run],
  });
}
