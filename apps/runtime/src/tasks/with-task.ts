/** What everything that people do with a task begins with: its run locked, then the task, and read after that. */
import type pg from "pg";
import { inTransaction } from "../database/transaction.ts";
import { isUuid } from "../ids/uuid7.ts";
import { Problem } from "../problem/problem.ts";
import type { Caller } from "../services/services.ts";
import { lockTask, type StoredTask } from "../store/tasks.ts";

type Person = NonNullable<Caller["person"]>;

/** @throws Problem 404 `task_not_found`, or 403 `not_a_person`. */
export function withTask<Result>(
  database: pg.Pool,
  caller: Caller,
  task: string,
  work: (client: pg.PoolClient, task: StoredTask, person: Person) => Promise<Result>,
): Promise<Result> {
  const { person } = caller;
  if (!isUuid(task)) throw new Problem(404, "task_not_found", "There is no such task.");
  if (person === undefined) {
    throw new Problem(403, "not_a_person", "Only a person, or a key that acts as one, can do this.");
  }
  return inTransaction(database, async (client) => {
    const stored = await lockTask(client, caller.workspace, task);
    if (stored === undefined) throw new Problem(404, "task_not_found", "There is no such task.");
    return work(client, stored, person);
  });
}

/** The same for what is possible only while the task is open. @throws Problem 409 `task_closed` */
export function withOpenTask<Result>(
  database: pg.Pool,
  caller: Caller,
  task: string,
  work: (client: pg.PoolClient, task: StoredTask, person: Person) => Promise<Result>,
): Promise<Result> {
  return withTask(database, caller, task, (client, stored, person) => {
    if (stored.status !== "open" || (stored.expiresAt !== null && stored.now >= stored.expiresAt)) {
      throw new Problem(409, "task_closed", "This task is closed.");
    }
    return work(client, stored, person);
  });
}
