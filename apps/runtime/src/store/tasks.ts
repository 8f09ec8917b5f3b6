/**
 * Tasks and their decisions. Whatever is written here is written in a transaction that has locked the task's run first.
 */
import type pg from "pg";
import type { Json, JsonObject } from "@holdfast/dsl";
import type { CountedVote } from "../tasks/standing.ts";

export interface StoredTask {
  readonly id: string;
  readonly workspace: number;
  readonly run: string;
  readonly wait: string;
  readonly status: "open" | "decided" | "expired" | "canceled";
  readonly outcomes: readonly string[];
  /** What they are called, where that is not their name. */
  readonly outcomeTitles: { readonly [outcome: string]: string };
  readonly assignTo: {
    readonly people: readonly string[];
    readonly roles: readonly string[];
    readonly groups: readonly string[];
  };
  readonly title: string;
  readonly description: string | null;
  readonly context: JsonObject;
  readonly aiOffline: boolean;
  readonly form: JsonObject | null;
  readonly prefill: JsonObject;
  readonly requester: string | null;
  readonly notRequester: boolean;
  /** By so many different people an answer has to be given; one that is not here by one. */
  readonly needs: { readonly [outcome: string]: number };
  /** Answers that take a comment. */
  readonly reasonFor: readonly string[];
  readonly filesAllowed: boolean;
  /** As it was last claimed, lapsed or not. */
  readonly claimedBy: string | null;
  readonly openedAt: number;
  /** The wait's deadline. */
  readonly expiresAt: number | null;
  readonly now: number;
}

/** The vote that decided, which may still be under grace. */
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
  readonly onBehalfOf: string | null;
  readonly onBehalfOfName: string | null;
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
      select t.id, t.workspace, t.run, t.wait, t.status, t.outcomes, t.outcome_titles as "outcomeTitles", t.assign_to as "assignTo", t.title, t.description,
        t.context, t.ai_offline as "aiOffline", t.form, t.prefill, t.requester, t.not_requester as "notRequester", t.needs,
        t.reason_for as "reasonFor", t.files_allowed as "filesAllowed", t.claimed_by as "claimedBy", holdfast.ms(t.opened_at) as "openedAt",
        holdfast.ms(t.expires_at) as "expiresAt", holdfast.ms(holdfast.now()) as now
      from holdfast.tasks t where t.id = $1 for update`,
    values: [task],
  });
  return result.rows[0];
}

/** Notes that people have done something to the task, so that whoever looks on reads it again. */
export async function touchTask(client: pg.PoolClient, task: string): Promise<void> {
  await client.query("update holdfast.tasks set changes = changes + 1 where id = $1", [task]);
}

/** Undefined: nobody works on it. */
export async function setClaim(
  client: pg.PoolClient,
  task: string,
  claim: { readonly by: string; readonly at: number } | undefined,
): Promise<void> {
  await client.query(
    "update holdfast.tasks set changes = changes + 1, claimed_by = $2, claimed_at = holdfast.at($3) where id = $1",
    [task, claim?.by ?? null, claim?.at ?? null],
  );
}

export interface NewVote {
  readonly id: string;
  readonly task: string;
  readonly outcome: string;
  readonly data: JsonObject;
  readonly comment: string | undefined;
  readonly actor: string;
  readonly onBehalfOf: string | null;
  readonly via: string;
  readonly event: string | undefined;
  /** [{pointer, before?, after?}] */
  readonly diff: Json;
  /** Whether it is the last that was needed. */
  readonly decides: boolean;
  readonly at: number;
  readonly effectiveAt: number;
}

export async function insertVote(client: pg.PoolClient, vote: NewVote): Promise<void> {
  await client.query({
    text: `
      with d as (
        insert into holdfast.task_decisions (id, task, outcome, data, comment, actor, on_behalf_of, via, event,
          proposal_diff, decides, decided_at, effective_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, holdfast.at($12), holdfast.at($13))
      )
      update holdfast.tasks set changes = changes + 1, status = case when $11 then 'decided' else status end,
        closed_at = case when $11 then holdfast.at($12) end
      where id = $2`,
    values: [
      vote.id,
      vote.task,
      vote.outcome,
      JSON.stringify(vote.data),
      vote.comment ?? null,
      vote.actor,
      vote.onBehalfOf,
      vote.via,
      vote.event ?? null,
      JSON.stringify(vote.diff),
      vote.decides,
      vote.at,
      vote.effectiveAt,
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
        d.on_behalf_of as "onBehalfOf", b.name as "onBehalfOfName", holdfast.ms(d.decided_at) as "decidedAt",
        holdfast.ms(d.effective_at) as "effectiveAt", holdfast.ms(holdfast.now()) as now
      from holdfast.task_decisions d
      join holdfast.tasks t on t.id = d.task
      left join holdfast.people p on d.actor = 'person:' || p.id
      left join holdfast.people b on b.id = d.on_behalf_of
      where d.task = $1 and d.decides and d.taken_back_at is null`,
    values: [task],
  });
  return result.rows[0];
}

/** A vote that stands. */
export interface StoredVote extends CountedVote {
  readonly id: string;
  readonly data: Json;
  readonly decides: boolean;
}

/** In the order in which they were given. */
export async function standingVotes(client: pg.PoolClient, task: string): Promise<readonly StoredVote[]> {
  const result = await client.query<StoredVote>({
    text: `
      select d.id, d.actor, d.on_behalf_of as "onBehalfOf", d.outcome, d.data, d.decides
      from holdfast.task_decisions d where d.task = $1 and d.taken_back_at is null order by d.id`,
    values: [task],
  });
  return result.rows;
}

/** Votes that came by an event at the tasks of a run, also those that were taken back. */
export async function votesByEvent(
  client: pg.PoolClient,
  run: string,
  event: string,
): Promise<
  readonly { readonly id: string; readonly task: string; readonly effectiveAt: number; readonly decides: boolean }[]
> {
  const result = await client.query<{ id: string; task: string; effectiveAt: number; decides: boolean }>({
    text: `
      select d.id, d.task, holdfast.ms(d.effective_at) as "effectiveAt", d.decides
      from holdfast.tasks t join holdfast.task_decisions d on d.task = t.id where t.run = $1 and d.event = $2`,
    values: [run, event],
  });
  return result.rows;
}

export async function takeVoteBack(client: pg.PoolClient, { id, task }: { id: string; task: string }): Promise<void> {
  await client.query({
    text: `
      with d as (update holdfast.task_decisions set taken_back_at = holdfast.now() where id = $1)
      update holdfast.tasks set changes = changes + 1 where id = $2`,
    values: [id, task],
  });
}

/** The number is not reached any more: the task is open again, and its run looks whether the deadline has passed meanwhile. */
export async function reopenTask(client: pg.PoolClient, { id, task, run }: StoredDecision): Promise<void> {
  await client.query({
    text: `
      with d as (update holdfast.task_decisions set decides = false where id = $1),
      t as (delete from holdfast.timers where run = $3 and name = 'decision:' || $2),
      r as (update holdfast.runs set wake_seq = wake_seq + 1 where id = $3 and finished_at is null)
      update holdfast.tasks set status = 'open', closed_at = null where id = $2::uuid and status = 'decided'`,
    values: [id, task, run],
  });
}
