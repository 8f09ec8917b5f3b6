import { useQuery } from "@tanstack/react-query";
import type { JSX } from "react";
import { useSession } from "../../app/session.ts";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { FilterChip } from "../../ui/filter-chip.tsx";
import { useWords } from "../../words/use-words.tsx";
import { readable } from "../../values/readable.ts";
import { filtersOf, type InboxSearch, readColumn, without } from "./search.ts";
import { words } from "./words.ts";

export interface FilterChipsProps {
  readonly search: InboxSearch;
  readonly onSearch: (search: InboxSearch) => void;
}

/** The filters that hold; each can be taken away. */
export function FilterChips({ search, onSearch }: FilterChipsProps): JSX.Element | null {
  const t = useWords(words);
  const remove = (name: string): string => t("removeFilter", { name });
  const { flow, priority, due, assignee, col = [] } = search;
  const set = filtersOf(search).filter((name) => name !== "q");
  if (set.length === 0) return null;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-b border-border px-4 py-2">
      {flow !== undefined && (
        <FilterChip removeLabel={remove} name={t("flow")} onRemove={() => onSearch(without(search, "flow"))}>
          <FlowName id={flow} />
        </FilterChip>
      )}
      {priority !== undefined && (
        <FilterChip removeLabel={remove} name={t("priority")} onRemove={() => onSearch(without(search, "priority"))}>
          {t(priority)}
        </FilterChip>
      )}
      {due !== undefined && (
        <FilterChip removeLabel={remove} name={t("due")} onRemove={() => onSearch(without(search, "due"))}>
          {t(`due_${due}`)}
        </FilterChip>
      )}
      {assignee !== undefined && (
        <FilterChip removeLabel={remove} name={t("assignee")} onRemove={() => onSearch(without(search, "assignee"))}>
          <PersonName id={assignee} />
        </FilterChip>
      )}
      {col.map((one) => {
        const { column = one, test = "is", value = "" } = readColumn(one) ?? {};
        const rest = col.filter((each) => each !== one);
        return (
          <FilterChip
            removeLabel={remove}
            key={one}
            name={readable(column)}
            onRemove={() => onSearch(rest.length === 0 ? without(search, "col") : { ...search, col: rest })}
          >
            {t(`test_${test}`)} {value}
          </FilterChip>
        );
      })}
      <Button variant="ghost" size="sm" onClick={() => onSearch(without(search, ...set))}>
        {t("clear")}
      </Button>
    </div>
  );
}

function FlowName({ id }: { readonly id: string }): JSX.Element {
  const flows = useQuery(useTRPC().flows.list.queryOptions());
  return <>{flows.data?.find((flow) => flow.id === id)?.name ?? id}</>;
}

function PersonName({ id }: { readonly id: string }): JSX.Element {
  const t = useWords(words);
  const me = useSession().person.id;
  const people = useQuery(useTRPC().people.list.queryOptions());
  if (id === me) return <>{t("me")}</>;
  return <>{people.data?.find((person) => person.id === id)?.name ?? t("somebody")}</>;
}
