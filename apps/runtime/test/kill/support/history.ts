/** What the database tells of the runs at a moment. */
import type { World } from "./world.ts";

export interface StepOfHistory {
  readonly node: string;
  readonly call: string;
  readonly attempt: number;
  readonly seq: number;
  readonly status: string;
  readonly port: string | null;
  /** The output, as text: byte for byte. */
  readonly output: string | null;
}

export interface RunOfHistory {
  readonly id: string;
  readonly parent: string | null;
  readonly parentNode: string | null;
  readonly body: boolean;
  readonly status: string;
  readonly epoch: number;
  readonly version: number;
  readonly held: boolean;
  readonly woken: boolean;
  readonly output: string | null;
  readonly steps: readonly StepOfHistory[];
}

export type History = ReadonlyMap<string, RunOfHistory>;

/** All runs of the database with their steps, by id. */
export async function historyOf(world: World): Promise<History> {
  const rows = await world.rows<RunOfHistory>(`
    select r.id, r.parent, r.parent_node as "parentNode", r.body, r.status, r.epoch, r.flow_version as version,
      r.lease_owner is not null as held, r.wake_seq <> r.seen_seq as woken, r.output::text as output,
      coalesce((
        select json_agg(json_build_object('node', s.node, 'call', s.call, 'attempt', s.attempt, 'seq', s.seq,
          'status', s.status, 'port', s.port, 'output', s.output::text) order by s.seq)
        from holdfast.steps s where s.run = r.id), '[]') as steps
    from holdfast.runs r order by r.id`);
  return new Map(rows.map((run) => [run.id, run]));
}
