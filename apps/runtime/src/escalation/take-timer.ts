/** What a task's timer does, it does once: it goes in the transaction that does it. */
import type pg from "pg";
import type { DueTimer } from "../store/timers.ts";

export interface TimedTask {
  readonly id: string;
  readonly workspace: number;
  /** Which of several it is. */
  readonly index: number;
}

/**
 * Locks the open task that the timer `kind:wait:index` is about, and takes the timer away.
 * @returns Undefined: somebody else has done it, or the task is closed.
 */
export async function takeTimer(client: pg.PoolClient, timer: DueTimer): Promise<TimedTask | undefined> {
  const [, wait = "", index = ""] = timer.name.split(":");
  const locked = await client.query<{ id: string; workspace: number; status: string }>(
    "select id, workspace, status from holdfast.tasks where wait = $1 for update",
    [wait],
  );
  const taken = await client.query("delete from holdfast.timers where run = $1 and name = $2", [timer.run, timer.name]);
  const [task] = locked.rows;
  if (taken.rowCount === 0 || task?.status !== "open") return undefined;
  return { id: task.id, workspace: task.workspace, index: Number(index) };
}
