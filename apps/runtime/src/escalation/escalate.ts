/** The ladder: who may decide too once a task has taken so long. */
import type pg from "pg";
import type { Assignment } from "@holdfast/dsl";
import { noteOperation } from "../audit/note-operation.ts";
import { inTransaction } from "../database/transaction.ts";
import { notify } from "../notifications/notify.ts";
import type { DueTimer } from "../store/timers.ts";
import { takeTimer } from "./take-timer.ts";

const ESCALATION = { kind: "system", id: "escalation" } as const;

interface Ladder {
  readonly escalation: readonly { readonly at: string; readonly assignTo: Assignment }[];
  readonly assignTo: Assignment;
}

/** Climbs one rung: its people may decide from now on, and are told. Nobody loses the right, and no deadline moves. */
export function escalate(database: pg.Pool, timer: DueTimer): Promise<void> {
  return inTransaction(database, async (client) => {
    const task = await takeTimer(client, timer);
    if (task === undefined) return;
    const { rows } = await client.query<Ladder>(
      'select escalation, assign_to as "assignTo" from holdfast.tasks where id = $1',
      [task.id],
    );
    const [ladder] = rows;
    const rung = ladder?.escalation[task.index];
    if (ladder === undefined || rung === undefined) return;
    const before = ladder.assignTo;
    const after = isAnybody(before) ? before : together(before, rung.assignTo);
    await client.query(
      `update holdfast.tasks set assign_to = $2, escalated_at = escalated_at || holdfast.now(), changes = changes + 1
       where id = $1`,
      [task.id, JSON.stringify(after)],
    );
    const added = await client.query<{ person: string }>(
      `select told.person from holdfast.tasks t
       cross join lateral holdfast.told_of(t.workspace, t.run, $2::jsonb, t.requester, t.not_requester, t.not_deciders_of) told (person)
       where t.id = $1`,
      [task.id, JSON.stringify(rung.assignTo)],
    );
    await notify(client, { task: task.id, kind: "escalated", to: added.rows.map(({ person }) => person) });
    await noteOperation(
      client,
      { workspace: task.workspace, actor: ESCALATION, door: "system" },
      {
        action: "task.escalate",
        target: `task:${task.id}`,
        before: plain(before),
        after: { ...plain(after), rung: task.index + 1 },
      },
    );
  });
}

const plain = ({ people, roles, groups }: Assignment) => ({
  assignTo: { people: [...people], roles: [...roles], groups: [...groups] },
});

/** Everybody may decide already; to name somebody would take it from the others. */
const isAnybody = ({ people, roles, groups }: Assignment): boolean =>
  people.length === 0 && roles.length === 0 && groups.length === 0;

const together = (one: Assignment, other: Assignment): Assignment => ({
  people: [...new Set([...one.people, ...other.people])],
  roles: [...new Set([...one.roles, ...other.roles])],
  groups: [...new Set([...one.groups, ...other.groups])],
});
