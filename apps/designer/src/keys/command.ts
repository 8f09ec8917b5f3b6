/** What a person can do here, in one list: it feeds the keys, the palette and the sheet of keys. */
export interface Command {
  /** Stable and unique: "flows.new". */
  readonly id: string;
  /** What it does, as a button would say it. */
  readonly label: string;
  /**
   * Its keys as people read them: "⌘K", "⇧L", "G I" (one after the other), "?", "Esc", "↵", "→". ⌘ is Ctrl off the Mac.
   * The first of several is shown.
   */
  readonly keys?: string | readonly string[] | undefined;
  /** The heading it stands under in the palette and the sheet of keys. */
  readonly group: string;
  /** Absent: always. Asked when keys are pressed and when the palette opens. */
  readonly when?: (() => boolean) | undefined;
  readonly run: () => void;
  /** Also while something is typed into a field. Only with ⌘ or Esc. */
  readonly inInputs?: boolean | undefined;
  /** Only by keys: "next row" says nothing in a palette. */
  readonly keysOnly?: boolean | undefined;
  /** Other words that find it in the palette. */
  readonly also?: string | undefined;
}

export function keysOf(command: Pick<Command, "keys">): readonly string[] {
  const { keys } = command;
  if (keys === undefined) return [];
  return typeof keys === "string" ? [keys] : keys;
}

export const isPossible = (command: Command): boolean => command.when?.() ?? true;
