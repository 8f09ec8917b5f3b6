import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import type { JSX, ReactNode } from "react";
import { useSession } from "../../app/session.ts";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
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
  const { flow, priority, due, assignee, col = [] } = search;
  const set = filtersOf(search).filter((name) => name !== "q");
  if (set.length === 0) return null;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-b border-border px-4 py-2">
      {flow !== undefined && (
        <Chip name={t("flow")} onRemove={() => onSearch(without(search, "flow"))}>
          <FlowName id={flow} />
        </Chip>
      )}
      {priority !== undefined && (
        <Chip name={t("priority")} onRemove={() => onSearch(without(search, "priority"))}>
          {t(priority)}
        </Chip>
      )}
      {due !== undefined && (
        <Chip name={t("due")} onRemove={() => onSearch(without(search, "due"))}>
          {t(`due_${due}`)}
        </Chip>
      )}
      {assignee !== undefined && (
        <Chip name={t("assignee")} onRemove={() => onSearch(without(search, "assignee"))}>
          <PersonName id={assignee} />
        </Chip>
      )}
      {col.map((one) => {
        const { column = one, test = "is", value = "" } = readColumn(one) ?? {};
        const rest = col.filter((each) => each !== one);
        return (
          <Chip
            key={one}
            name={readable(column)}
            onRemove={() => onSearch(rest.length === 0 ? without(search, "col") : { ...search, col: rest })}
          >
            {t(`test_${test}`)} {value}
          </Chip>
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

interface ChipProps {
  readonly name: string;
  readonly onRemove: () => void;
  readonly children: ReactNode;
}

function Chip({ name, onRemove, children }: ChipProps): JSX.Element {
  const t = useWords(words);
  return (
    <span className="flex h-6 max-w-full items-center gap-1.5 rounded-sm border border-border-strong bg-surface pr-0.5 pl-2 text-12 pointer-coarse:h-11">
      <span className="shrink-0 text-text-2">{name}</span>
      <b className="min-w-0 truncate font-medium">{children}</b>
      <button
        type="button"
        aria-label={t("removeFilter", { name })}
        onClick={onRemove}
        className="grid size-5 shrink-0 place-items-center rounded-xs text-text-3 hover:bg-surface-hover hover:text-text pointer-coarse:size-11"
      >
        <X aria-hidden className="size-3" strokeWidth={1.75} />
      </button>
    </span>
  );
}
