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

/** A file of any task of the run, or of a run of the same family: what one of them was told of, the others may be handed. */
export async function readFileOfRun(
  database: Queryable,
  { workspace, root }: { readonly workspace: number; readonly root: string },
  file: string,
): Promise<TaskFileContent | undefined> {
  if (!isUuid(file)) return undefined;
  const { rows } = await database.query<TaskFileContent>(
    `select f.name, f.type, f.content from holdfast.task_files f
       join holdfast.tasks t on t.id = f.task join holdfast.runs r on r.id = t.run
      where f.id = $1 and t.workspace = $2 and coalesce(r.root, r.id) = $3`,
    [file, workspace, root],
  );
  return rows[0];
}
