/**
 * Children of a loop that are to be undone.
 */
import type pg from "pg";

/** The child that is being undone, else the completed one that ended last. */
export async function nextToUndo(
  database: pg.Pool,
  parent: string,
  node: string,
): Promise<{ readonly id: string; readonly status: string } | undefined> {
  const result = await database.query<{ id: string; status: string }>({
    name: "holdfast_next_to_undo",
    text: `
      select id, status from holdfast.runs
      where parent = $1 and parent_node = $2 and (undo_wanted or status = 'completed')
      order by undo_wanted desc, finished_at desc, iteration desc limit 1`,
    values: [parent, node],
  });
  return result.rows[0];
}

/** Takes a completed child up again, to undo what it did. */
export async function orderUndo(database: pg.Pool, run: string): Promise<boolean> {
  const result = await database.query({
    name: "holdfast_order_undo",
    text: `
      update holdfast.runs set status = 'queued', finished_at = null, undo_wanted = true, cancel_mode = null, wake_seq = wake_seq + 1
      where id = $1 and status = 'completed'`,
    values: [run],
  });
  return (result.rowCount ?? 0) > 0;
}
