/**
 * Everything a holder needs to go on with a run, in one round trip. Always a statement of its own after the lease
 * was taken: a statement that takes the lease has a snapshot older than the lock it waited for, and could miss the
 * former holder's last step.
 */
import type pg from "pg";
import type { Json, StepError } from "@holdfast/dsl";
import type { Queryable } from "../read/queryable.ts";
import { joinPayload } from "./join-payload.ts";

export interface StoredStep {
  readonly node: string;
  readonly call: string;
  readonly attempt: number;
  readonly seq: number;
  readonly status: "completed" | "failed" | "canceled";
  readonly port: string | null;
  readonly startedAt: number;
  readonly at: number;
  readonly hasOutput: boolean;
  readonly error: StepError | null;
  readonly jitter: number | null;
}

export interface StoredWait {
  readonly id: string;
  readonly node: string;
  readonly kind: "event" | "time" | "children" | "incident";
  readonly status: "open" | "resolved" | "expired" | "canceled";
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly result: { readonly port: string; readonly output?: Json; readonly meta?: Json } | null;
}

export interface StoredIncident {
  readonly id: string;
  readonly node: string;
  readonly of: "step" | "undo";
  readonly status: "open" | "resolved" | "canceled";
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly resolution: {
    readonly action: "retry" | "complete" | "fail";
    readonly port?: string;
    readonly output?: Json;
  } | null;
}

export interface ChildrenProgress {
  readonly node: string;
  /** One more than the highest iteration that exists. */
  readonly next: number;
  readonly ended: number;
  /** The failed or canceled child with the lowest iteration. */
  readonly failure: { readonly index: number; readonly error: StepError } | null;
}

export interface StoredIntent {
  readonly node: string;
  readonly call: string;
  readonly attempt: number;
}

/** What others may have changed while somebody holds the run. */
export interface RunFacts {
  readonly wakeSeq: number;
  readonly cancelMode: "cancel" | "terminate" | null;
  readonly pauseWanted: boolean;
  readonly retryWanted: boolean;
  readonly undoWanted: boolean;
  readonly waits: readonly StoredWait[];
  readonly incidents: readonly StoredIncident[];
  readonly children: readonly ChildrenProgress[];
}

export interface LoadedRun extends RunFacts {
  readonly id: string;
  readonly workspace: number;
  readonly flowVersion: number;
  readonly status: string;
  readonly epoch: number;
  readonly owner: number | null;
  readonly crashCount: number;
  readonly state: Json | null;
  readonly stateSeq: number;
  readonly startedAt: number;
  readonly actor: string;
  readonly requester: string | null;
  readonly trigger: Json;
  readonly triggerEvent: string | null;
  readonly input: Json;
  readonly root: string | null;
  readonly parent: string | null;
  readonly parentNode: string | null;
  readonly iteration: number | null;
  readonly body: boolean;
  readonly bodyRoots: { readonly item?: Json; readonly index?: number; readonly last?: Json } | null;
  readonly steps: readonly StoredStep[];
  readonly intents: readonly StoredIntent[];
  /** Of all outputs, as they are stored. */
  readonly outputBytes: number;
}

const FACTS = `
  r.wake_seq as "wakeSeq", r.cancel_mode as "cancelMode",
  r.pause_wanted as "pauseWanted", r.retry_wanted as "retryWanted", r.undo_wanted as "undoWanted",
  coalesce((select json_agg(json_build_object('id', w.id, 'node', w.node, 'kind', w.kind, 'status', w.status,
      'openedAt', holdfast.ms(w.opened_at), 'closedAt', holdfast.ms(w.closed_at), 'result', w.result) order by w.id)
    from holdfast.waits w where w.run = r.id), '[]') as waits,
  coalesce((select json_agg(json_build_object('id', i.id, 'node', i.node, 'of', i.of, 'status', i.status,
      'openedAt', holdfast.ms(i.opened_at), 'closedAt', holdfast.ms(i.closed_at), 'resolution', i.resolution) order by i.id)
    from holdfast.incidents i where i.run = r.id), '[]') as incidents,
  coalesce((select json_agg(json_build_object('node', c.node, 'next', c.next, 'ended', c.ended, 'failure', c.failure))
    from (
      select k.parent_node as node, max(k.iteration) + 1 as next, count(*) filter (where k.finished_at is not null) as ended,
        (array_agg(json_build_object('index', k.iteration, 'error',
            coalesce(k.error, json_build_object('kind', 'fatal', 'code', 'child_canceled', 'message', 'The child run was canceled.')))
          order by k.iteration) filter (where k.status in ('failed', 'canceled')))[1] as failure
      from holdfast.runs k where k.parent = r.id group by k.parent_node
    ) c), '[]') as children`;

/** What others changed since. */
export async function loadFacts(database: pg.Pool, run: string): Promise<RunFacts | undefined> {
  const result = await database.query<RunFacts>({
    name: "holdfast_load_facts",
    text: `select ${FACTS} from holdfast.runs r where r.id = $1`,
    values: [run],
  });
  return result.rows[0];
}

/** The whole of some runs, in the order of their ids. */
export async function loadRuns(database: Queryable, runs: readonly string[]): Promise<readonly LoadedRun[]> {
  const result = await database.query<LoadedRun>({
    name: "holdfast_load_runs",
    text: `
      select r.id, r.workspace, r.flow_version as "flowVersion", r.status, r.epoch, r.lease_owner as owner,
        r.crash_count as "crashCount", r.state, r.state_seq as "stateSeq", holdfast.ms(r.started_at) as "startedAt", r.actor, r.requester,
        r.trigger, r.trigger_event as "triggerEvent", r.input, r.root, r.parent, r.parent_node as "parentNode", r.iteration, r.body,
        r.body_roots as "bodyRoots", ${FACTS},
        coalesce((select json_agg(json_build_object('node', s.node, 'call', s.call, 'attempt', s.attempt, 'seq', s.seq,
            'status', s.status, 'port', s.port, 'startedAt', holdfast.ms(s.started_at), 'at', holdfast.ms(s.finished_at),
            'hasOutput', s.has_output, 'error', s.error, 'jitter', s.jitter) order by s.seq)
          from holdfast.steps s where s.run = r.id), '[]') as steps,
        coalesce((select json_agg(json_build_object('node', i.node, 'call', i.call, 'attempt', i.attempt))
          from holdfast.intents i where i.run = r.id), '[]') as intents,
        coalesce((select sum(pg_column_size(s.output) + coalesce(pg_column_size(p.value), 0))
          from holdfast.steps s ${joinPayload("s.run", "s.output")} where s.run = r.id), 0)::float8 as "outputBytes"
      from holdfast.runs r where r.id = any($1::uuid[]) order by r.id`,
    values: [runs],
  });
  return result.rows;
}
