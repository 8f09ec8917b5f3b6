/** Tasks that are chosen to be decided together. */
import { useCallback, useMemo, useState } from "react";
import type { InboxTask } from "./groups.ts";

/** Of one step of one flow, with the same answers: only such are decided together. */
export const areAlike = (one: Asked, other: Asked): boolean =>
  one.flow === other.flow && one.node === other.node && answersText(one) === answersText(other);

type Asked = Pick<InboxTask, "flow" | "node" | "outcomes" | "outcomeTitles">;

const answersText = ({ outcomes, outcomeTitles }: Asked): string =>
  JSON.stringify(outcomes.map((outcome) => [outcome, outcomeTitles[outcome]]));

/** The ids of the tasks from one to another, in the order of the list. */
export function between(tasks: readonly InboxTask[], from: string | undefined, to: string): readonly string[] {
  const end = tasks.findIndex(({ id }) => id === to);
  const begin = tasks.findIndex(({ id }) => id === from);
  if (end === -1) return [];
  if (begin === -1) return [to];
  return tasks.slice(Math.min(begin, end), Math.max(begin, end) + 1).map(({ id }) => id);
}

/** What can be decided: the rest is never chosen. */
export const canBeChosen = ({ may, status }: Pick<InboxTask, "may" | "status">): boolean => may && status === "open";

export interface Chosen {
  readonly ids: ReadonlySet<string>;
  /** In the order of the list. */
  readonly tasks: readonly InboxTask[];
  /** Rows show their boxes. */
  readonly choosing: boolean;
  readonly setChoosing: (choosing: boolean) => void;
  readonly toggle: (id: string) => void;
  /** From the one that was chosen last. */
  readonly toggleTo: (id: string) => void;
  /** All that are alike. */
  readonly chooseLike: (task: InboxTask) => void;
  readonly keep: (ids: readonly string[]) => void;
  readonly clear: () => void;
}

const NONE: ReadonlySet<string> = new Set();

export function useChosen(list: readonly InboxTask[]): Chosen {
  const [wanted, setWanted] = useState(NONE);
  const [last, setLast] = useState<string>();
  const [choosing, setChoosing] = useState(false);
  // What others have decided meanwhile is no longer chosen.
  const tasks = useMemo(() => list.filter((task) => wanted.has(task.id) && canBeChosen(task)), [list, wanted]);
  const ids = useMemo(() => (tasks.length === 0 ? NONE : new Set(tasks.map(({ id }) => id))), [tasks]);
  const keep = useCallback((next: readonly string[]) => setWanted(new Set(next)), []);
  const clear = useCallback(() => {
    setWanted(NONE);
    setLast(undefined);
    setChoosing(false);
  }, []);
  const toggle = (id: string): void => {
    setLast(id);
    keep(ids.has(id) ? [...ids].filter((one) => one !== id) : [...ids, id]);
  };
  const toggleTo = (id: string): void => {
    setLast(id);
    keep([...ids, ...between(list, last, id)]);
  };
  const chooseLike = (task: InboxTask): void =>
    keep(list.filter((one) => areAlike(one, task) && canBeChosen(one)).map(({ id }) => id));
  return {
    ids,
    tasks,
    choosing: choosing || tasks.length > 0,
    setChoosing,
    toggle,
    toggleTo,
    chooseLike,
    keep,
    clear,
  };
}

/** What the chosen ones come to: each column that is a number, added up. */
export function sums(
  tasks: readonly Pick<InboxTask, "columns">[],
): readonly { readonly name: string; readonly sum: number }[] {
  const found = new Map<string, number>();
  for (const { columns } of tasks) {
    for (const [name, value] of Object.entries(columns)) {
      if (typeof value === "number") found.set(name, (found.get(name) ?? 0) + value);
    }
  }
  // Cents stay cents, whatever a machine makes of 0.1 + 0.2.
  return [...found].map(([name, sum]) => ({ name, sum: Math.round(sum * 1e6) / 1e6 }));
}
