import type { JSX } from "react";
import { cx } from "./cx.ts";

const letter = (word: string): string =>
  String.fromCodePoint(...[word.codePointAt(0)].filter((code) => code !== undefined));

/** "Ana Petrenko" → "AP"; an address by its first letters. */
export function initials(name: string): string {
  const parts = name.split(/[\s@._-]+/).filter((part) => part !== "");
  const [first = "", second = ""] = parts.length > 1 ? [parts[0], parts[1]] : [name.slice(0, 1), ""];
  return `${letter(first)}${letter(second)}`.toLocaleUpperCase();
}

/** A person; `active` when here now. The name is said beside it or by `aria-label`. */
export function Avatar({
  name,
  active = false,
  className,
}: {
  name: string;
  active?: boolean;
  className?: string;
}): JSX.Element {
  return (
    <span
      aria-hidden
      className={cx(
        "grid size-6 shrink-0 place-items-center rounded-full bg-surface-hover text-[10px] leading-none font-semibold text-text-2",
        active ? "border-[1.5px] border-accent" : "border border-border-strong",
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}
