/** Runs that are long over, written as they would stand there. */
import type { ClientBase } from "pg";

/** Runs at a time, so that no single transaction holds all of them. */
const BATCH = 20_000;

/** `runs` completed runs of five steps each, the latest a day ago, one a second. */
export async function writeHistory(client: ClientBase, flow: string, runs: number): Promise<void> {
  for (let from = 0; from < runs; from += BATCH) {
    const to = Math.min(runs, from + BATCH) - 1;
    // UUID v7: the time first. What follows need not be random, only different.
    await client.query(
      `with old as (
         select (lpad(to_hex((extract(epoch from t) * 1000)::bigint), 12, '0') || '70008' || lpad(to_hex(i), 15, '0'))::uuid as id, t
         from generate_series($2::int, $3::int) i
         cross join lateral (select clock_timestamp() - interval '1 day' - ($4::int - i) * interval '1 second' as t) at
       ), run as (
         insert into holdfast.runs (id, workspace, flow, flow_version, status, epoch, state_seq, started_at, finished_at,
           actor, trigger, input)
         select old.id, f.workspace, f.ref, v.ref, 'completed', 1, 5, old.t, old.t + interval '10 milliseconds',
           'system:bench', json_build_object('type', 'call', 'by', json_build_object('kind', 'system', 'id', 'bench'), 'at', old.t), '{}'
         from old, holdfast.flows f join holdfast.flow_versions v on v.flow = f.ref and v.version = f.live_version
         where f.id = $1
       )
       insert into holdfast.steps (run, node, call, attempt, seq, status, port, started_at, finished_at, output)
       select old.id, chr(96 + n), 'main', 1, n, 'completed', 'out', old.t, old.t + n * interval '2 milliseconds', 'null'
       from old cross join generate_series(1, 5) n`,
      [flow, from, to, runs],
    );
  }
  await client.query("vacuum analyze");
}
