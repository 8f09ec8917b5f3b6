/** What people say about a task beside their answer. The flow reads it in the decision. */
import type pg from "pg";
import { actorText } from "../actor/actor.ts";
import { noteOperation } from "../audit/note-operation.ts";
import { uuid7 } from "../ids/uuid7.ts";
import { notify } from "../notifications/notify.ts";
import { Problem } from "../problem/problem.ts";
import type { Caller } from "../services/services.ts";
import { storableText } from "../services/storable.ts";
import { touchTask } from "../store/tasks.ts";
import { withOpenTask } from "./with-task.ts";

export const LONGEST_COMMENT = 10_000;

/** Of all comments of a task, bytes: they are a part of what the decision gives to its run. */
const MOST_BYTES = 256 * 1024;

/** @throws Problem 409 `task_closed`, 413 `comments_too_large`, 422 `comment_empty`. */
export function commentOnTask(
  database: pg.Pool,
  caller: Caller,
  task: string,
  text: string,
): Promise<{ id: string; run: string }> {
  return withOpenTask(database, caller, task, async (client, stored, person) => {
    if (text.trim() === "") throw new Problem(422, "comment_empty", "A comment says something.", { pointer: "/text" });
    storableText(text, LONGEST_COMMENT * 4, "/text");
    const id = uuid7();
    const added = await client.query(
      `insert into holdfast.task_comments (id, task, actor, text)
       select $1, $2::uuid, $3, $4 where octet_length($4) + coalesce((
         select sum(octet_length(c.text)) from holdfast.task_comments c where c.task = $2::uuid), 0) <= $5`,
      [id, stored.id, actorText({ kind: "person", id: person.id }), text, MOST_BYTES],
    );
    if (added.rowCount === 0) {
      throw new Problem(413, "comments_too_large", `All comments of a task have ${MOST_BYTES / 1024} KiB at most.`, {
        pointer: "/text",
      });
    }
    await touchTask(client, stored.id);
    const said = { task: stored.id, kind: "commented", by: { kind: "person", id: person.id }, note: text } as const;
    // Where nobody has had to do with it yet, it is for those who will.
    if ((await notify(client, { ...said, to: "involved" })) === 0) await notify(client, { ...said, to: "deciders" });
    await noteOperation(client, caller, {
      action: "task.comment",
      target: `task:${stored.id}`,
      after: { comment: id, text },
    });
    return { id, run: stored.run };
  });
}
