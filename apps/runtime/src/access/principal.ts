import type { Caller } from "../services/services.ts";

/** A caller whose identity has been proved, with what limits it beyond its person's roles. */
export interface Principal extends Caller {
  /** The scopes of a key; absent: the person itself. Kept as text: what the table does not know grants nothing. */
  readonly scopes?: readonly string[];
}

/** The thing an action is about, as far as the right depends on it. */
export interface Resource {
  readonly workspace: number;
  /** The id of the person it belongs to. */
  readonly owner?: string;
}
