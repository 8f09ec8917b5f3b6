/** What people attach to a task. */
import { createHash } from "node:crypto";
import type pg from "pg";
import { noteOperation } from "../audit/note-operation.ts";
import { isUuid, uuid7 } from "../ids/uuid7.ts";
import { Problem } from "../problem/problem.ts";
import type { Caller } from "../services/services.ts";
import { isStorableText } from "../services/storable.ts";
import { touchTask } from "../store/tasks.ts";
import { typeOfFile } from "./file-type.ts";
import type { NewFile } from "./task-services.ts";
import { withOpenTask } from "./with-task.ts";

const MIB = 1024 * 1024;
const LARGEST_FILE = 5 * MIB;
const MOST_BYTES = 25 * MIB;
const MOST_FILES = 50;
const LONGEST_NAME = 200;

/** @throws Problem 409 `task_closed` or `files_not_allowed`, 413 `file_too_large` or `files_too_large`, 422. */
export function addTaskFile(database: pg.Pool, caller: Caller, file: NewFile): Promise<{ id: string; run: string }> {
  return withOpenTask(database, caller, file.task, async (client, stored, person) => {
    const { content } = file;
    if (!stored.filesAllowed) {
      throw new Problem(409, "files_not_allowed", "Nothing can be attached to this task.");
    }
    if (content.length === 0) throw new Problem(422, "file_empty", "The file is empty.", { pointer: "/content" });
    if (content.length > LARGEST_FILE) {
      throw new Problem(413, "file_too_large", `A file has ${LARGEST_FILE / MIB} MiB at most.`, {
        pointer: "/content",
      });
    }
    const name = nameOfFile(file.name);
    const held = await client.query<{ bytes: number; files: number }>(
      "select coalesce(sum(size), 0)::int as bytes, count(*)::int as files from holdfast.task_files where task = $1",
      [stored.id],
    );
    const { bytes = 0, files = 0 } = held.rows[0] ?? {};
    if (bytes + content.length > MOST_BYTES || files >= MOST_FILES) {
      throw new Problem(
        413,
        "files_too_large",
        `All files of a task have ${MOST_BYTES / MIB} MiB at most, and are ${MOST_FILES} at most.`,
        { pointer: "/content" },
      );
    }
    const id = uuid7();
    const type = typeOfFile(content, file.type);
    const hash = createHash("sha256").update(content).digest();
    await client.query(
      "insert into holdfast.task_files (id, task, actor, name, type, size, hash, content) values ($1, $2, $3, $4, $5, $6, $7, $8)",
      [id, stored.id, `person:${person.id}`, name, type, content.length, hash, content],
    );
    await touchTask(client, stored.id);
    await noteOperation(client, caller, {
      action: "task.attach",
      target: `task:${stored.id}`,
      after: { file: id, name, type, size: content.length, sha256: hash.toString("hex") },
    });
    return { id, run: stored.run };
  });
}

/** By whoever attached it, while the task is open. @throws Problem */
export function removeTaskFile(
  database: pg.Pool,
  caller: Caller,
  task: string,
  file: string,
): Promise<{ run: string }> {
  return withOpenTask(database, caller, task, async (client, stored, person) => {
    if (!isUuid(file)) throw new Problem(404, "file_not_found", "There is no such file.");
    const found = await client.query<{ actor: string; name: string; type: string; size: number; sha256: string }>(
      `select actor, name, type, size, encode(hash, 'hex') as sha256
       from holdfast.task_files where task = $1 and id = $2`,
      [stored.id, file],
    );
    const [row] = found.rows;
    if (row === undefined) throw new Problem(404, "file_not_found", "There is no such file.");
    const { actor, ...about } = row;
    if (actor !== `person:${person.id}`) {
      throw new Problem(403, "not_your_file", "Only whoever attached a file can remove it.");
    }
    await client.query("delete from holdfast.task_files where task = $1 and id = $2", [stored.id, file]);
    await touchTask(client, stored.id);
    await noteOperation(client, caller, {
      action: "task.remove_file",
      target: `task:${stored.id}`,
      before: { file, ...about },
      after: { file: null },
    });
    return { run: stored.run };
  });
}

/** The last part of a path, without what no name needs. @throws Problem 422 `file_name_invalid` */
function nameOfFile(text: string): string {
  const name = (text.split(/[/\\]/).at(-1) ?? "").replaceAll(/\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu, "").trim();
  if (name !== "" && name !== "." && name !== ".." && name.length <= LONGEST_NAME && isStorableText(name)) return name;
  throw new Problem(422, "file_name_invalid", `A file has a name of ${LONGEST_NAME} characters at most.`, {
    pointer: "/name",
  });
}
