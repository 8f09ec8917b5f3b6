/**
 * The fallback of live views: what could have been told by notices that were lost. A stamp of a run differs after
 * whatever is worth being shown again.
 */
import type { Queryable } from "../read/queryable.ts";
import type { ChangedRun } from "./changed-runs.ts";

const STAMP = `md5(concat_ws(' ', r.status, r.epoch, r.state_seq, r.wake_seq,
  (select max(s.seq) from holdfast.steps s where s.run = r.id),
  (select sum(t.changes) from holdfast.tasks t where t.run = r.id)))`;

/** By id. */
export async function runStamps(database: Queryable, runs: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const result = await database.query<{ id: string; stamp: string }>({
    name: "holdfast_run_stamps",
    text: `select r.id, ${STAMP} as stamp from holdfast.runs r where r.id = any($1::uuid[])`,
    values: [runs],
  });
  return new Map(result.rows.map(({ id, stamp }) => [id, stamp]));
}

/**
 * One stamp for a list: of the whole workspace, or of a flow. It differs when one of the newest runs does, and when
 * anybody did anything or was told anything: a task may have got other people while its run stood still.
 */
export async function listStamp(database: Queryable, workspace: number, flow: number | null): Promise<string> {
  const result = await database.query<{ stamp: string | null }>({
    name: flow === null ? "holdfast_list_stamp" : "holdfast_flow_stamp",
    text: `select md5(concat_ws(' ', string_agg(id || status || epoch || state_seq || wake_seq, ' ' order by id),
        (select max(o.seq) from holdfast.operations o where o.workspace = $1),
        (select max(n.id) from holdfast.notifications n))) as stamp from (
      select id, status, epoch, state_seq, wake_seq from holdfast.runs
       where workspace = $1 and parent is null and ${flow === null ? "$2::int is null" : "flow = $2::int"}
       order by id desc limit 50) newest`,
    values: [workspace, flow],
  });
  return result.rows[0]?.stamp ?? "";
}

/** What is told of a run; undefined where there is none. */
export async function changedRun(database: Queryable, id: string): Promise<ChangedRun | undefined> {
  const found = await database.query<ChangedRun>({
    name: "holdfast_changed_run",
    text: "select workspace, flow, id, coalesce(root, id) as root, parent from holdfast.runs where id = $1",
    values: [id],
  });
  return found.rows[0];
}

/** By `flows.ref`. */
export async function draftRevisions(
  database: Queryable,
  flows: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const result = await database.query<{ flow: number; revision: number }>({
    name: "holdfast_draft_revisions",
    text: "select flow, revision from holdfast.flow_drafts where flow = any($1::int[])",
    values: [flows],
  });
  return new Map(result.rows.map(({ flow, revision }) => [flow, revision]));
}
