import { ArrowDownWideNarrow, ListChecks, ListFilter, Search } from "lucide-react";
import { useRef, useState, type JSX, type RefObject } from "react";
import { PageHeading, TopBar } from "../../app/top-bar.tsx";
import { useCommands } from "../../keys/use-commands.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Menu } from "../../ui/menu.tsx";
import { Popover } from "../../ui/popover.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { useWords } from "../../words/use-words.tsx";
import { FilterForm } from "./filter-form.tsx";
import type { InboxTask } from "./groups.ts";
import { filtersOf, type InboxSearch, ORDERS, without } from "./search.ts";
import { words } from "./words.ts";

export interface ListHeadProps {
  readonly search: InboxSearch;
  readonly onSearch: (search: InboxSearch) => void;
  /** Columns and flows are offered as they occur in what is listed. */
  readonly tasks: readonly InboxTask[];
  readonly choosing: boolean;
  readonly onChoosing: (choosing: boolean) => void;
}

export function ListHead({ search, onSearch, tasks, choosing, onChoosing }: ListHeadProps): JSX.Element {
  const t = useWords(words);
  const [open, setOpen] = useState(false);
  // Of columns each condition is one.
  const { col = [] } = search;
  const filters = filtersOf(search).filter((name) => name !== "q" && name !== "col").length + col.length;
  const { order = "due" } = search;
  const [wanted, setSearching] = useState(false);
  const searching = wanted || search.q !== undefined;
  const box = useRef<HTMLDivElement>(null);
  const openSearch = (): void => {
    setSearching(true);
    requestAnimationFrame(() => box.current?.querySelector("input")?.focus());
  };
  const closeSearch = (): void => {
    setSearching(false);
    if (search.q !== undefined) onSearch(without(search, "q"));
  };
  useCommands([
    {
      id: "inbox.openSearch",
      label: t("search"),
      keys: "/",
      group: t("title"),
      when: () => !searching,
      run: openSearch,
    },
  ]);
  return (
    <>
      <TopBar>
        <PageHeading title={t("title")} />
        <span className="flex-1" />
        <Popover
          align="end"
          open={open}
          onOpenChange={setOpen}
          title={t("filter")}
          trigger={
            <Button variant="ghost" size="sm" icon={ListFilter}>
              {filters === 0 ? t("filter") : t("filters", { n: filters })}
            </Button>
          }
        >
          <FilterForm search={search} tasks={tasks} onSearch={onSearch} />
        </Popover>
        {search.view !== "done" && (
          <Menu
            trigger={
              <Button variant="ghost" size="sm" icon={ArrowDownWideNarrow}>
                <span className="max-sm:sr-only">{t(`${order}First`)}</span>
              </Button>
            }
            items={ORDERS.map((each) => ({
              label: t(`${each}First`),
              checked: each === order,
              onSelect: () => onSearch(each === "due" ? without(search, "order") : { ...search, order: each }),
            }))}
          />
        )}
        <IconButton
          icon={Search}
          label={t("search")}
          kbd="/"
          pressed={searching}
          aria-expanded={searching}
          onClick={() => (searching ? closeSearch() : openSearch())}
        />
        <IconButton icon={ListChecks} label={t("choosing")} pressed={choosing} onClick={() => onChoosing(!choosing)} />
      </TopBar>
      {searching && <ListSearch box={box} search={search} onSearch={onSearch} />}
    </>
  );
}

interface ListSearchProps {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly search: InboxSearch;
  readonly onSearch: (search: InboxSearch) => void;
}

function ListSearch({ box, search, onSearch }: ListSearchProps): JSX.Element {
  const t = useWords(words);
  return (
    <div ref={box} className="shrink-0 border-b border-border px-4 py-2">
      <SearchField
        id="inbox.search"
        label={t("search")}
        group={t("title")}
        className="w-full"
        value={search.q ?? ""}
        onChange={(q) => onSearch(q === "" ? without(search, "q") : { ...search, q })}
      />
    </div>
  );
}
