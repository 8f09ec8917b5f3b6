/**
 * Compensating the completed children of a loop: one at a time, the last to complete first. A child undoes its own
 * steps and ends again, as canceled; its end wakes the parent.
 */
import { nextToUndo, orderUndo } from "../../store/undo-children.ts";
import type { RunFile } from "../run-file.ts";

/** Orders the next child to undo itself; when none is left, the loop is undone. */
export async function undoChildren(run: RunFile, node: string): Promise<boolean> {
  const { database } = run.context;
  const next = await nextToUndo(database, run.id, node);
  if (next === undefined) return run.note({ type: "undo.completed", node, of: "children", at: run.now() });
  // Ordering it twice (after a crash, say) changes nothing: it is no longer completed then.
  if (next.status === "completed" && (await orderUndo(database, next.id))) run.context.dispatch([next.id]);
  return false;
}
