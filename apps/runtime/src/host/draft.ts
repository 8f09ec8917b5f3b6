/**
 * What a run has to have committed next: rows by table, whether the engine's state goes with them, and what has to
 * happen once it is committed.
 */
import type { Part } from "../writer/run-write.ts";

export class Draft {
  readonly rows: { [part in Part]?: string[] } = {};
  readonly afterCommit: (() => void)[] = [];
  /** Something happened that the step rows don't tell: the state has to be stored with it. */
  snapshot = false;
  empty = true;
  /** Node types and points of what is in it, for failpoints. */
  readonly labels: { readonly point: string; readonly type: string }[] = [];

  add(part: Part, row: string): void {
    this.empty = false;
    const rows = this.rows[part];
    if (rows === undefined) this.rows[part] = [row];
    else rows.push(row);
  }

  then(action: () => void): void {
    this.afterCommit.push(action);
  }
}
