/** All commands that can be given now. Pages add theirs while they are shown; what came last wins a key. */
import { createStore } from "zustand/vanilla";
import type { Command } from "./command.ts";

interface Registry {
  /** Sets in the order they came. */
  readonly sets: readonly CommandSet[];
}

/** The commands of one part of the page. Its content may change without telling anybody: `run` and `when` are read late. */
export interface CommandSet {
  commands: readonly Command[];
}

export const registry = createStore<Registry>(() => ({ sets: [] }));

/** @returns takes them out again. */
export function addCommands(set: CommandSet): () => void {
  registry.setState(({ sets }) => ({ sets: [...sets, set] }));
  return () => registry.setState(({ sets }) => ({ sets: sets.filter((each) => each !== set) }));
}

/** Tells listeners that labels or keys of a set have changed. */
export function touchCommands(): void {
  registry.setState(({ sets }) => ({ sets: [...sets] }));
}

/** Every command, the last registered first; of those with one id only the last. */
export function currentCommands({ sets }: Registry = registry.getState()): readonly Command[] {
  const seen = new Set<string>();
  return sets
    .toReversed()
    .flatMap((set) => set.commands)
    .filter(({ id }) => !seen.has(id) && seen.add(id) !== undefined);
}
