/**
 * By which paths waits match events. The first wait that matches an event by a new set of paths makes that set known,
 * and then gives the events that are already there their keys: in this order, so that an event which is accepted
 * meanwhile either is among them or looks for waits only after the set is known.
 */
import type pg from "pg";
import { isDecidedOnly, type WaitOutcome } from "@holdfast/dsl";

export class KnownShapes {
  readonly #ready = new Set<string>();

  async ensure(database: pg.Pool, workspace: number, outcomes: readonly WaitOutcome[]): Promise<void> {
    for (const outcome of outcomes) {
      const { event, match } = outcome;
      if (isDecidedOnly(outcome)) continue;
      const paths = Object.keys(match).toSorted();
      const key = JSON.stringify([workspace, event, paths]);
      if (this.#ready.has(key)) continue;
      await ensureShape(database, workspace, event, paths);
      this.#ready.add(key);
    }
  }
}

async function ensureShape(
  database: pg.Pool,
  workspace: number,
  event: string,
  paths: readonly string[],
): Promise<void> {
  const values = [workspace, event, paths];
  await database.query(
    "insert into holdfast.match_shapes (workspace, event, paths) values ($1, $2, $3) on conflict do nothing",
    values,
  );
  const known = await database.query<{ ready: boolean }>(
    "select ready from holdfast.match_shapes where workspace = $1 and event = $2 and paths = $3",
    values,
  );
  if (known.rows[0]?.ready === true) return;
  await database.query(
    `insert into holdfast.event_keys (key, event)
     select k.key, e.id from holdfast.events e
     cross join lateral (select holdfast.event_key(e.workspace, e.name, $3::text[], holdfast.values_at(e.data, $3::text[])) as key) k
     where e.workspace = $1 and e.name = $2 and k.key is not null
     on conflict do nothing`,
    values,
  );
  await database.query(
    "update holdfast.match_shapes set ready = true where workspace = $1 and event = $2 and paths = $3",
    values,
  );
}
