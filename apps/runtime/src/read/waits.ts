/** What a run waits for. */
import { isDecidedOnly, type WaitOutcome } from "@holdfast/dsl";
import { endsInStep } from "../store/waits.ts";
import type { Queryable } from "./queryable.ts";
import type { WaitView } from "./run-view.ts";
import { iso, isoOrNull } from "./time.ts";

interface WaitRow {
  id: string;
  node: string;
  kind: WaitView["kind"];
  status: WaitView["status"];
  opened_at: number;
  deadline: number | null;
  outcomes: readonly WaitOutcome[] | null;
  in_step: boolean;
  task: string | null;
  incident: string | null;
  total: number | null;
  ended: number | null;
}

/** The open waits of a run, the oldest first; an incident is a wait for a person, with an id of its own. The caller has checked that the run may be seen. */
export async function openWaits(database: Queryable, run: string): Promise<WaitView[]> {
  const result = await database.query<WaitRow>({
    name: "holdfast_waits_of_run",
    text: `select w.id, w.node, w.kind, w.status, holdfast.ms(w.opened_at) as opened_at,
            holdfast.ms(w.deadline) as deadline, case w.kind when 'event' then w.outcomes end as outcomes,
            w.in_step is not null as in_step, t.id as task, null::uuid as incident,
            c.total, c.ended
       from holdfast.waits w
       left join holdfast.tasks t on t.wait = w.id
       left join lateral (
         select count(*)::int as total, count(finished_at)::int as ended
           from holdfast.runs where parent = w.run and parent_node = w.node and parent_call is not distinct from w.in_step
       ) c on w.kind = 'children'
      where w.run = $1 and w.status = 'open'
      union all
      select i.id, i.node, 'incident', 'open', holdfast.ms(i.opened_at), null, null, false, null, i.id, null, null
       from holdfast.incidents i where i.run = $1 and i.status = 'open'
      order by id`,
    values: [run],
  });
  return result.rows.map((row) => ({
    id: row.id,
    node: row.node,
    kind: row.kind,
    status: row.status,
    openedAt: iso(row.opened_at),
    deadline: isoOrNull(row.deadline),
    endsBy: row.in_step && row.kind !== "children" ? endsInStep(row.outcomes, row.deadline) : null,
    outcomes: (row.outcomes ?? [])
      .filter((outcome) => !isDecidedOnly(outcome))
      .map(({ port, event, match, where }) => ({
        port,
        event,
        match,
        where: where ?? null,
      })),
    taskId: row.task,
    incidentId: row.incident,
    children: row.total === null || row.ended === null ? null : { total: row.total, ended: row.ended },
  }));
}
