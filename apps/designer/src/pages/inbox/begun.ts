/**
 * What was begun on a card and not sent: it is there again when the card is, also after a look at another page. As long
 * as the tab is open, and for nobody else who signs in there.
 */
import type { JsonObject } from "@holdfast/dsl";

export interface Draft {
  /** Absent: nothing was changed in the form. */
  readonly values?: JsonObject | undefined;
  /** That goes with the answer. */
  readonly comment?: string | undefined;
  /** To the others. */
  readonly remark?: string | undefined;
}

/** By task. */
export type Begun = Map<string, Draft>;

const kept = new Map<string, Begun>();

/** What a person has begun. */
export function begunBy(person: string): Begun {
  const before = kept.get(person);
  if (before !== undefined) return before;
  const begun: Begun = new Map();
  kept.set(person, begun);
  return begun;
}

/** Changes a part of what was begun on a task. */
export function keep(begun: Begun, task: string, part: Draft): void {
  begun.set(task, { ...begun.get(task), ...part });
}
