/**
 * Tasks and their decisions. Every statement here runs inside a transaction that has locked the task's run first.
 */
import type pg from "pg";
import type { Json, JsonObject } from "@holdfast/dsl";

export interface StoredTask {
  readonly id: string;
  readonly workspace: number;
  readonly run: string;
  readonly wait: string;
  readonly status: "open" | "decided" | "expired" | "canceled";
  readonly outcomes: readonly string[];
  readonly assignTo: {
    readonly people: readonly string[];
    readonly roles: readonly string[];
    readonly groups: readonly string[];
  };
  readonly form: JsonObject | null;
  readonly prefill: JsonObject;
  readonly requester: string | null;
  readonly notRequester: boolean;
  /** The wait's deadline. */
  readonly expiresAt: number | null;
  readonly now: number;
}

export interface StoredDecision {
  readonly id: string;
  readonly task: string;
  readonly run: string;
  readonly wait: string;
  readonly outcome: string;
  readonly data: Json;
  readonly comment: string | null;
  readonly actor: string;
  readonly name: string | null;
  readonly via: string;
  readonly decidedAt: number;
  readonly effectiveAt: number;
  readonly now: number;
}

/** Locks the run, then the task, and reads it. */
export async function lockTask(
  client: pg.PoolClient,
  workspace: number,
  task: string,
): Promise<StoredTask | undefined> {
  const locked = await client.query({
    text: `select r.id from holdfast.tasks t join holdfast.runs r on r.id = t.run
      where t.id = $1 and t.workspace = $2 for no key update of r`,
    values: [task, workspace],
  });
  if (locked.rowCount === 0) return undefined;
  // A statement of its own: its snapshot is younger than the lock.
  const result = await client.query<StoredTask>({
    text: `
      select t.id, t.workspace, t.run, t.wait, t.status, t.outcomes, t.assign_to as "assignTo", t.form, t.prefill, t.requester,
        t.not_requester as "notRequester", holdfast.ms(t.expires_at) as "expiresAt", holdfast.ms(holdfast.now()) as now
      from holdfast.tasks t where t.id = $1 for update`,
    values: [task],
  });
  return result.rows[0];
}

export async function insertDecision(
  client: pg.PoolClient,
  decision: {
    id: string;
    task: string;
    outcome: string;
    data: JsonObject;
    comment: string | undefined;
    actor: string;
    via: string;
    at: number;
    effectiveAt: number;
  },
): Promise<void> {
  await client.query({
    text: `
      with d as (
        insert into holdfast.task_decisions (id, task, outcome, data, comment, actor, via, decided_at, effective_at)
        values ($1, $2, $3, $4, $5, $6, $7, holdfast.at($8), holdfast.at($9))
      )
      update holdfast.tasks set status = 'decided', closed_at = holdfast.at($8) where id = $2`,
    values: [
      decision.id,
      decision.task,
      decision.outcome,
      JSON.stringify(decision.data),
      decision.comment ?? null,
      decision.actor,
      decision.via,
      decision.at,
      decision.effectiveAt,
    ],
  });
}

/** The decision that stands, if there is one. */
export async function standingDecision(
  database: pg.Pool | pg.PoolClient,
  task: string,
): Promise<StoredDecision | undefined> {
  const result = await database.query<StoredDecision>({
    text: `
      select d.id, d.task, t.run, t.wait, d.outcome, d.data, d.comment, d.actor, p.name, d.via,
        holdfast.ms(d.decided_at) as "decidedAt", holdfast.ms(d.effective_at) as "effectiveAt", holdfast.ms(holdfast.now()) as now
      from holdfast.task_decisions d
      join holdfast.tasks t on t.id = d.task
      left join holdfast.people p on d.actor = 'person:' || p.id
      where d.task = $1 and d.taken_back_at is null`,
    values: [task],
  });
  return result.rows[0];
}

/** Takes a decision back: the task is open again, and its run looks whether the deadline has passed meanwhile. */
export async function reopenTask(client: pg.PoolClient, decision: StoredDecision): Promise<void> {
  await client.query({
    text: `
      with d as (update holdfast.task_decisions set taken_back_at = holdfast.now() where id = $1),
      t as (delete from holdfast.timers where run = $3 and name = 'decision:' || $2),
      r as (update holdfast.runs set wake_seq = wake_seq + 1 where id = $3 and finished_at is null)
      update holdfast.tasks set status = 'open', closed_at = null where id = $2::uuid and status = 'decided'`,
    values: [decision.id, decision.task, decision.run],
  });
}
