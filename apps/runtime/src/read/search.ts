/** Finding flows, runs, tasks and people by a few letters. */
import type { Queryable } from "./queryable.ts";
import { listRunRows, type RunRow } from "./run-rows.ts";
import type { TaskView } from "./task-view.ts";

export interface Found {
  readonly flows: readonly { readonly id: string; readonly name: string; readonly archived: boolean }[];
  readonly runs: readonly Pick<RunRow, "id" | "flow" | "flowName" | "status" | "startedAt" | "columns">[];
  readonly tasks: readonly {
    readonly id: string;
    readonly title: string;
    readonly status: TaskView["status"];
    readonly flow: string;
    readonly runId: string;
  }[];
  readonly people: readonly { readonly id: string; readonly name: string; readonly email: string }[];
}

const MOST = 8;

export async function search(database: Queryable, workspace: number, q: string): Promise<Found> {
  const like = `%${q.replaceAll(/[\\%_]/g, "\\$&")}%`;
  const [flows, runs, tasks, people] = await Promise.all([
    database.query<Found["flows"][number]>(
      `select f.id, coalesce(v.name, d.name, f.id) as name, f.archived_at is not null as archived
         from holdfast.flows f
         left join lateral (
           select name from holdfast.flow_versions where flow = f.ref
            order by version = f.live_version desc nulls last, version desc limit 1
         ) v on true
         left join holdfast.flow_drafts d on d.flow = f.ref
        where f.workspace = $1 and (f.id ilike $2 or v.name ilike $2 or d.name ilike $2)
        order by f.archived_at is not null, 2 limit ${MOST}`,
      [workspace, like],
    ),
    listRunRows(database, workspace, { q }, { limit: MOST }),
    database.query<Found["tasks"][number]>(
      `select t.id, t.title, t.status, f.id as flow, t.run as "runId"
         from (
           select * from holdfast.tasks where workspace = $1 order by status <> 'open', id desc limit 5000
         ) t join holdfast.runs r on r.id = t.run join holdfast.flows f on f.ref = r.flow
        where t.title ilike $2 or t.id::text = lower($3) order by t.status <> 'open', t.id desc limit ${MOST}`,
      [workspace, like, q],
    ),
    database.query<Found["people"][number]>(
      `select id, name, email from holdfast.people
        where workspace = $1 and disabled_at is null and (name ilike $2 or email ilike $2) order by name limit ${MOST}`,
      [workspace, like],
    ),
  ]);
  return {
    flows: flows.rows,
    runs: runs.items.map(({ id, flow, flowName, status, startedAt, columns }) => ({
      id,
      flow,
      flowName,
      status,
      startedAt,
      columns,
    })),
    tasks: tasks.rows,
    people: people.rows,
  };
}
