/** Reminders: a task that is still open is brought to mind, once per time that the flow names. */
import type pg from "pg";
import { inTransaction } from "../database/transaction.ts";
import { notify } from "../notifications/notify.ts";
import type { DueTimer } from "../store/timers.ts";
import { peopleToTell } from "../tasks/deciders.ts";
import { takeTimer } from "./take-timer.ts";

/** Notes it on the task, and tells who may decide. A closed task is not reminded of. */
export function remindOf(database: pg.Pool, timer: DueTimer): Promise<void> {
  return inTransaction(database, async (client) => {
    const task = await takeTimer(client, timer);
    if (task === undefined) return;
    await client.query(
      "update holdfast.tasks set reminded_at = reminded_at || holdfast.now(), changes = changes + 1 where id = $1",
      [task.id],
    );
    await notify(client, { task: task.id, kind: "reminder", to: await peopleToTell(client, task) });
  });
}
