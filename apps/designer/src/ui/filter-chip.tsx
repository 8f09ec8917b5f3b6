import { X } from "lucide-react";
import type { JSX, ReactNode } from "react";

export interface FilterChipProps {
  /** What is filtered by. */
  readonly name: string;
  /** Of the button that takes the filter of that name away. */
  readonly removeLabel: (name: string) => string;
  readonly onRemove: () => void;
  readonly children: ReactNode;
}

/** A filter that is set, with its value. */
export function FilterChip({ name, removeLabel, onRemove, children }: FilterChipProps): JSX.Element {
  return (
    <span className="flex h-7 max-w-full items-center gap-1.5 rounded-sm border border-border-strong bg-surface pr-1 pl-2 text-12 pointer-coarse:h-11">
      <span className="shrink-0 text-text-2">{name}</span>
      <b className="max-w-60 min-w-0 truncate font-medium">{children}</b>
      <button
        type="button"
        aria-label={removeLabel(name)}
        onClick={onRemove}
        className="grid size-5 shrink-0 place-items-center rounded-xs text-text-3 hover:bg-surface-hover hover:text-text pointer-coarse:size-11"
      >
        <X aria-hidden className="size-3" strokeWidth={1.75} />
      </button>
    </span>
  );
}
