import type { JSX } from "react";
import { cx } from "./cx.ts";

const isMac = (): boolean => typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.userAgent);

const OTHER: readonly (readonly [string, string])[] = [
  ["⌘", "Ctrl "],
  ["⌥", "Alt "],
  ["⇧", "Shift "],
];

/** The keys as this machine names them: ⌘ reads Ctrl off the Mac. */
export function keyText(keys: string, mac: boolean = isMac()): string {
  return mac ? keys : OTHER.reduce((text, [sign, name]) => text.replaceAll(sign, name), keys);
}

/** A key, or keys together. Decoration for readers of the screen: the element's own `aria-keyshortcuts` speaks. */
export function Kbd({ children, onAccent = false }: { children: string; onAccent?: boolean }): JSX.Element {
  return (
    <kbd
      aria-hidden
      className={cx(
        "inline-grid h-[18px] min-w-[18px] place-items-center rounded-xs border px-1 font-sans text-11/none font-medium whitespace-nowrap pointer-coarse:hidden",
        onAccent ? "border-on-accent/40 text-current" : "border-border-strong bg-surface text-text-2",
      )}
    >
      {keyText(children)}
    </kbd>
  );
}
