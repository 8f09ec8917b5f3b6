/** Files of tasks, with what is in them. */
import { Problem } from "../problem/problem.ts";
import { isUuid } from "../ids/uuid7.ts";
import type { Queryable } from "./queryable.ts";

export interface TaskFileContent {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

/** @throws Problem 404 `file_not_found` */
export async function readTaskFile(
  database: Queryable,
  workspace: number,
  task: string,
  file: string,
): Promise<TaskFileContent> {
  const { rows } =
    isUuid(task) && isUuid(file)
      ? await database.query<TaskFileContent>(
          `select f.name, f.type, f.content from holdfast.task_files f join holdfast.tasks t on t.id = f.task
           where t.workspace = $1 and t.id = $2 and f.id = $3`,
          [workspace, task, file],
        )
      : { rows: [] };
  const [found] = rows;
  if (found === undefined) throw new Problem(404, "file_not_found", "There is no such file.");
  return found;
}
