/** The one listener for keys. */
import { tinykeys } from "tinykeys";
import { bindings, isForeignLetter, isSingleSign } from "./binding.ts";
import { type Command, isPossible, keysOf } from "./command.ts";
import { currentCommands, registry } from "./registry.ts";

export interface ListenOptions {
  /** Whether single letters and signs are keys. */
  readonly letters: () => boolean;
}

/** Where keys belong to the thing that has the focus. */
const TYPING =
  "input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable]:not([contenteditable=false])";
const OWN_LETTERS = "[role=menu], [role=listbox], [role=dialog], [role=alertdialog]";

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPING) !== null;
}

/** Whether a command may take this key press. */
function mayRun(command: Command, keys: string, event: KeyboardEvent, letters: boolean): boolean {
  const single = isSingleSign(keys);
  if (single && !letters) return false;
  if (event.defaultPrevented || event.isComposing) return false;
  if (isTyping(event.target) && (single || command.inInputs !== true)) return false;
  const own = event.target instanceof Element && event.target.closest(OWN_LETTERS) !== null;
  if (own && command.inInputs !== true) return false;
  return isPossible(command);
}

interface Bound {
  readonly command: Command;
  readonly keys: string;
  readonly byPlace: boolean;
}

function byPress(commands: readonly Command[]): ReadonlyMap<string, readonly Bound[]> {
  const all = commands.flatMap((command) =>
    keysOf(command).flatMap((keys) => bindings(keys).map((binding) => ({ ...binding, command, keys }))),
  );
  return Map.groupBy(all, ({ press }) => press);
}

/** @returns stops listening. */
export function listenForKeys(target: Window, { letters }: ListenOptions): () => void {
  let stop = (): void => undefined;
  const bind = (): void => {
    stop();
    const handlers = [...byPress(currentCommands())].map(([press, bound]): [string, (event: KeyboardEvent) => void] => [
      press,
      (event) => {
        const fits = bound.find(
          ({ command, keys, byPlace }) =>
            (!byPlace || isForeignLetter(event.key)) && mayRun(latest(command), keys, event, letters()),
        );
        if (fits === undefined) return;
        event.preventDefault();
        latest(fits.command).run();
      },
    ]);
    stop = tinykeys(target, Object.fromEntries(handlers), { ignore: () => false });
  };
  bind();
  const forget = registry.subscribe(bind);
  return () => {
    forget();
    stop();
  };
}

/** The command as its page has it now: what it closes over may have changed since the keys were bound. */
function latest(command: Command): Command {
  return currentCommands().find(({ id }) => id === command.id) ?? command;
}
