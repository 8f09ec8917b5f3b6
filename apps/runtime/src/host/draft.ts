/**
 * What a run has to have committed next: rows by table, whether the engine's state goes with them, and what has to
 * happen once it is committed.
 */
import type { Part, WriteResult } from "../writer/run-write.ts";

export type Written = Extract<WriteResult, { kind: "written" }>;

/** A failpoint that the commit of a draft passes, and the node type that it is passed with. */
export interface Label {
  readonly point: "checkpoint" | "intent" | "substep" | "wait" | "timer" | "child";
  readonly type: string;
}

export class Draft {
  readonly rows: { readonly part: Part; readonly rows: string[] }[] = [];
  readonly afterCommit: ((written: Written) => void)[] = [];
  readonly ifLost: (() => void)[] = [];
  /** Something happened that the step rows don't tell: the state has to be stored with it. */
  snapshot = false;
  empty = true;
  /** For failpoints. */
  readonly labels: Label[] = [];

  add(part: Part, row: string): void {
    this.empty = false;
    const known = this.of(part);
    if (known === undefined) this.rows.push({ part, rows: [row] });
    else known.push(row);
  }

  /** Rows of a part so far. */
  of(part: Part): string[] | undefined {
    for (const own of this.rows) if (own.part === part) return own.rows;
    return undefined;
  }

  then(action: (written: Written) => void): void {
    this.afterCommit.push(action);
  }

  /** When somebody else has the run now and nothing of it was written. */
  otherwise(action: () => void): void {
    this.ifLost.push(action);
  }
}
