import { Archive, ArrowDownWideNarrow } from "lucide-react";
import type { JSX } from "react";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Menu } from "../../ui/menu.tsx";
import { useWords } from "../../words/use-words.tsx";
import { type Sort, SORTS } from "./search.ts";
import { words } from "./words.ts";

const LABEL = { name: "byName", edited: "byEdited", waiting: "byWaiting" } as const;

export interface ListBarProps {
  readonly count: number;
  readonly sort: Sort;
  readonly archived: boolean;
  readonly onSort: (sort: Sort) => void;
  readonly onArchived: (show: boolean) => void;
}

/** How many, in what order, and the way to what was put away. */
export function ListBar({ count, sort, archived, onSort, onArchived }: ListBarProps): JSX.Element {
  const t = useWords(words);
  return (
    <div className="flex shrink-0 items-center gap-2 border-b border-border bg-surface px-4 py-1.5 max-sm:py-0">
      <span role="status" className="text-12 text-text-2 tabular-nums">
        {t("count", { count })}
      </span>
      <span className="flex-1" />
      <Menu
        trigger={
          <Button size="sm" variant="ghost" icon={ArrowDownWideNarrow}>
            {t("sort", { by: t(LABEL[sort]).toLocaleLowerCase() })}
          </Button>
        }
        items={SORTS.map((each) => ({ label: t(LABEL[each]), checked: each === sort, onSelect: () => onSort(each) }))}
      />
      <IconButton
        size="sm"
        icon={Archive}
        pressed={archived}
        label={archived ? t("showCurrent") : t("showArchived")}
        onClick={() => onArchived(!archived)}
      />
    </div>
  );
}
