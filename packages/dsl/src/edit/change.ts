import type { Json } from "../json.ts";

/**
 * A difference between two documents, at one place.
 *
 * `path` walks objects by key and the edges of a graph by identity: `["edges", "approval|timeout|escalate"]`, in a
 * loop's body `["nodes", "each", "params", "body", "edges", "…"]`. All other lists are leaves.
 */
export interface DocumentChange {
  readonly path: readonly string[];
  /** Absent: there was nothing. */
  readonly before?: Json;
  /** Absent: there is nothing any more. */
  readonly after?: Json;
}

/** A change that was left out, because somebody else had changed its place. */
export interface ChangeConflict {
  readonly change: DocumentChange;
  /** What stands there instead of `change.before`. */
  readonly found: Json | undefined;
}

/** The changes that take back what these do: the last one first. */
export function invertChanges(changes: readonly DocumentChange[]): DocumentChange[] {
  return changes.toReversed().map(({ path, before, after }) => changeOf(path, after, before));
}

/** A change whose absent sides are really absent, so that it travels as JSON. */
export function changeOf(path: readonly string[], before: Json | undefined, after: Json | undefined): DocumentChange {
  return { path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}
