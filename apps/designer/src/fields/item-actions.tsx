import { ChevronDown, ChevronUp, X } from "lucide-react";
import type { JSX } from "react";
import { IconButton } from "../ui/icon-button.tsx";
import { useWords } from "../words/use-words.tsx";
import { words } from "./words.ts";

export interface ItemActionsProps {
  /** What the item is called. */
  readonly name: string;
  readonly index: number;
  readonly count: number;
  readonly onMove: (to: number) => void;
  readonly onRemove: (() => void) | undefined;
}

/** Up, down, away: for the mouse and for the keyboard alike. */
export function ItemActions({ name, index, count, onMove, onRemove }: ItemActionsProps): JSX.Element {
  const t = useWords(words);
  return (
    <span className="flex shrink-0 items-center">
      {count > 1 && (
        <>
          <IconButton
            icon={ChevronUp}
            size="sm"
            label={`${t("moveUp")}: ${name}`}
            disabled={index === 0}
            onClick={() => onMove(index - 1)}
          />
          <IconButton
            icon={ChevronDown}
            size="sm"
            label={`${t("moveDown")}: ${name}`}
            disabled={index === count - 1}
            onClick={() => onMove(index + 1)}
          />
        </>
      )}
      {onRemove !== undefined && (
        <IconButton icon={X} size="sm" label={t("removeField", { name })} onClick={onRemove} />
      )}
    </span>
  );
}

/** The list with one element elsewhere. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const item = list[from];
  return item === undefined ? [...list] : list.toSpliced(from, 1).toSpliced(to, 0, item);
}
