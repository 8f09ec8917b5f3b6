import { Plus, X } from "lucide-react";
import type { JSX, ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { Menu, type MenuItem } from "../../ui/menu.tsx";
import { useWords } from "../../words/use-words.tsx";
import { PERIODS, type RunsSearch } from "./search.ts";
import { words } from "./words.ts";

export interface FiltersProps {
  readonly search: RunsSearch;
  readonly flows: readonly { readonly id: string; readonly name: string }[];
  readonly onChange: (search: RunsSearch) => void;
  readonly shown: ReactNode;
}

/** The filters that hold, as chips; the address has the same. */
export function Filters({ search, flows, onChange, shown }: FiltersProps): JSX.Element {
  const t = useWords(words);
  const without = (...names: readonly (keyof RunsSearch)[]): void =>
    onChange(Object.fromEntries(Object.entries(search).filter(([name]) => !names.some((each) => each === name))));
  const items: MenuItem[] = [
    { heading: t("flow") },
    ...flows.map(({ id, name }) => ({
      label: name,
      checked: search.flow === id,
      onSelect: () => onChange({ ...search, flow: id }),
    })),
    "separator",
    { heading: t("started") },
    ...PERIODS.map((days) => ({
      label: t("lastDays", { n: days }),
      checked: search.days === days,
      onSelect: () => onChange({ ...search, days }),
    })),
  ];
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-border bg-surface px-4 py-2">
      {search.flow !== undefined && (
        <Chip name={t("flow")} onRemove={() => without("flow", "version")}>
          {flows.find(({ id }) => id === search.flow)?.name ?? search.flow}
        </Chip>
      )}
      {search.version !== undefined && (
        <Chip name={t("version")} onRemove={() => without("version")}>
          {search.version}
        </Chip>
      )}
      {search.days !== undefined && (
        <Chip name={t("started")} onRemove={() => without("days")}>
          {t("lastDays", { n: search.days })}
        </Chip>
      )}
      <Menu
        align="start"
        items={items}
        trigger={
          <Button variant="ghost" size="sm" icon={Plus}>
            {t("addFilter")}
          </Button>
        }
      />
      <span className="flex-1" />
      <span className="text-12 text-text-2 tabular-nums">{shown}</span>
    </div>
  );
}

function Chip({ name, onRemove, children }: { name: string; onRemove: () => void; children: ReactNode }): JSX.Element {
  const t = useWords(words);
  return (
    <span className="flex h-7 items-center gap-1.5 rounded-sm border border-border-strong bg-surface pr-1 pl-2 text-12">
      <span className="text-text-2">{name}</span>
      <b className="max-w-60 truncate font-medium">{children}</b>
      <button
        type="button"
        aria-label={t("remove", { name })}
        onClick={onRemove}
        className="grid size-5 place-items-center rounded-xs text-text-3 hover:bg-surface-hover hover:text-text"
      >
        <X aria-hidden className="size-3" strokeWidth={1.75} />
      </button>
    </span>
  );
}
