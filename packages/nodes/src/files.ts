/** Files that people attached to tasks. Types only. */

/** A file with what is in it. */
export interface AttachedFile {
  readonly name: string;
  readonly type: string;
  readonly content: Uint8Array;
}

/** The files of a run: of its tasks, and of those of the runs that it belongs to. */
export interface AttachedFiles {
  /** By the id that a task's output tells; absent: it was removed, or is none of this run. */
  read(id: string): Promise<AttachedFile | undefined>;
}
