/**
 * Forgets runs that ended long ago, with all that hangs on them but the audit. A run goes together with its children,
 * and only when none of them is open: who is left can still be read, and taken up again, as a whole.
 */
import type pg from "pg";
import { inTransaction } from "../database/transaction.ts";
import { firstUuid7At } from "../ids/uuid7.ts";

/** Runs in a transaction at most, unless a single family has more. */
const RUNS_AT_A_TIME = 500;

/** What hangs on the runs `$1`, in an order that foreign keys allow: that of a task or a wait goes before it. */
export const HANGS_ON_RUNS = [
  ...["notifications", "decision_links", "task_decisions", "task_delegations", "task_comments", "task_files"].map(
    (table) =>
      `delete from holdfast.${table} where task = any(array(select id from holdfast.tasks where run = any($1::uuid[])))`,
  ),
  "delete from holdfast.wait_keys where wait = any(array(select id from holdfast.waits where run = any($1::uuid[])))",
  ...[
    "waits",
    "tasks",
    "incidents",
    "timers",
    "intents",
    "steps",
    "step_progress",
    "live_texts",
    "payloads",
    "model_calls",
    "model_top_ups",
    "model_lookups",
  ].map((table) => `delete from holdfast.${table} where run = any($1::uuid[])`),
  // What a flow and its days have spent stays known.
  `delete from holdfast.model_budgets b using holdfast.runs r
    where r.id = any($1::uuid[]) and b.flow = r.flow and b.scope = 'run' and b.subject = r.id::text`,
] as const;

export interface ForgottenRuns {
  readonly count: number;
  /** Where to go on; undefined: there are no more. */
  readonly next: string | undefined;
}

/**
 * One batch, in one transaction.
 * @param keepMs Milliseconds since a run's end, by the clock that may be moved.
 * @param after Id of the run up to which earlier batches have looked.
 */
export async function forgetRuns(
  database: pg.Pool,
  { keepMs, after }: { readonly keepMs: number; readonly after: string },
): Promise<ForgottenRuns> {
  return inTransaction(database, async (client) => {
    const { rows: clock } = await client.query<{ before: number }>(
      "select holdfast.ms(holdfast.now()) - $1::bigint as before",
      [keepMs],
    );
    const before = clock[0]?.before ?? 0;
    const families = await endedFamilies(client, { before, after });
    const last = families.at(-1);
    if (last === undefined) return { count: 0, next: undefined };
    const ids = await lockEnded(client, families, before);
    if (ids.length > 0) {
      for (const text of HANGS_ON_RUNS) await client.query(text, [ids]);
      await client.query("delete from holdfast.runs where id = any($1::uuid[])", [ids]);
    }
    return { count: ids.length, next: last.root };
  });
}

interface Family {
  readonly root: string;
  readonly runs: readonly string[];
}

/** The next runs that ended before a time, each with its children and theirs. */
async function endedFamilies(
  client: pg.PoolClient,
  { before, after }: { readonly before: number; readonly after: string },
): Promise<readonly Family[]> {
  // By the primary key, since ids are in the order of starts: an index for this alone would cost every run something.
  const { rows } = await client.query<Family>(
    `with recursive roots as (
       select id from holdfast.runs
        where id > $1 and id < $2 and parent is null and finished_at < holdfast.at($3)
        order by id limit $4
     ), family as (
       select id, id as root from roots
       union all
       select c.id, f.root from family f join holdfast.runs c on c.parent = f.id
     )
     select root, array_agg(id) as runs from family group by root order by root`,
    [after, firstUuid7At(before + CLOCKS_DIFFER_MS), before, RUNS_AT_A_TIME],
  );
  const families: Family[] = [];
  let size = 0;
  for (const family of rows) {
    size += family.runs.length;
    if (families.length > 0 && size > RUNS_AT_A_TIME) break;
    families.push(family);
  }
  return families;
}

/** Ids are made by the clocks of processes, times by that of the database. */
const CLOCKS_DIFFER_MS = 24 * 60 * 60 * 1000;

/** Locks families that have ended as a whole, and still have; the others are left for another time. */
async function lockEnded(
  client: pg.PoolClient,
  families: readonly Family[],
  before: number,
): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string; ended: boolean }>(
    `select id, finished_at < holdfast.at($2) and not retry_wanted and not undo_wanted as ended
       from holdfast.runs where id = any($1::uuid[]) order by id for update skip locked`,
    [families.flatMap((family) => family.runs), before],
  );
  const ended = new Set(rows.filter((row) => row.ended).map((row) => row.id));
  return families.filter((family) => family.runs.every((id) => ended.has(id))).flatMap((family) => family.runs);
}
