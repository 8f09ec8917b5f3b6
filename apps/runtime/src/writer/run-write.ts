/**
 * What one run wants committed, as rows that are already JSON text: each value is serialized once, by whoever made
 * it, and the group statement only glues the texts together.
 */

/** Rows by table. Field names are the short ones of the record definitions in `statement.ts`. */
export const PARTS = [
  "starts",
  "steps",
  "intents",
  "payloads",
  "waits",
  "waitKeys",
  "waitCloses",
  "timers",
  "timerDrops",
  "events",
  "tasks",
  "taskCloses",
  "incidents",
  "incidentCloses",
  "childCancels",
  "runs",
] as const;

export type Part = (typeof PARTS)[number];

export interface RunWrite {
  readonly runId: string;
  /** The fence. Absent for a start, which has nothing to be fenced against. */
  readonly epoch: number | undefined;
  /** Another row may stand where a start of it is to go: it has an idempotency key, say, or is somebody's child. */
  readonly contested?: boolean;
  readonly rows: readonly PartRows[];
}

/** Rows of one part, as JSON objects in text. A write has few parts, so they are told one by one. */
export interface PartRows {
  readonly part: Part;
  readonly rows: readonly string[];
}

export type WriteResult =
  /** Committed. `released`: the lease was given up, as asked. `inserted`, `startedAt`: of a start. */
  | {
      readonly kind: "written";
      readonly wakeSeq: number;
      readonly released: boolean;
      readonly inserted: boolean;
      readonly startedAt: number;
      /** Ids of the children that were inserted. */
      readonly children: ReadonlySet<string>;
    }
  /** Somebody else has the run now: nothing of this write was done. */
  | { readonly kind: "fenced" };
