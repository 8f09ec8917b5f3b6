import { Plus } from "lucide-react";
import type { JSX, ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { FilterChip } from "../../ui/filter-chip.tsx";
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
  const remove = (name: string): string => t("remove", { name });
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
        <FilterChip removeLabel={remove} name={t("flow")} onRemove={() => without("flow", "version")}>
          {flows.find(({ id }) => id === search.flow)?.name ?? search.flow}
        </FilterChip>
      )}
      {search.version !== undefined && (
        <FilterChip removeLabel={remove} name={t("version")} onRemove={() => without("version")}>
          {search.version}
        </FilterChip>
      )}
      {search.days !== undefined && (
        <FilterChip removeLabel={remove} name={t("started")} onRemove={() => without("days")}>
          {t("lastDays", { n: search.days })}
        </FilterChip>
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
