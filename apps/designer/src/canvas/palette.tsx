import type { NodeManifest } from "@holdfast/dsl";
import { Search } from "lucide-react";
import { useMemo, useState, type JSX, type KeyboardEvent } from "react";
import { Kbd } from "../ui/kbd.tsx";
import { useWords } from "../words/use-words.tsx";
import { PALETTE_MIME } from "./palette-drag.ts";
import { GROUPS, paletteEntries, patternEntries, ranked, type PaletteEntry } from "./palette-entries.ts";
import { paletteWords } from "./palette-words.ts";
import { Tile } from "./tile.tsx";

export interface PaletteProps {
  readonly manifests: readonly NodeManifest[];
  /** Adds it after what is selected. */
  readonly onAdd: (entry: string) => void;
}

/** What can be added: by dragging, by pressing, by typing and Enter. */
export function Palette({ manifests, onAdd }: PaletteProps): JSX.Element {
  const t = useWords(paletteWords);
  const [query, setQuery] = useState("");
  const entries = useMemo(() => paletteEntries(manifests, t.language), [manifests, t.language]);
  const found = ranked(entries, query, (entry) => [entry.title, `${entry.id} ${entry.description}`]);
  const whole = ranked(patternEntries(manifests, t.language), query, (pattern) => [pattern.title, pattern.description]);
  const first = found[0] ?? whole[0];
  return (
    <div className="flex h-full flex-col bg-surface px-2 py-2.5" role="region" aria-label={t("palette")}>
      <label className="mb-0.5 flex h-[30px] shrink-0 items-center gap-1.5 rounded-sm border border-border-control bg-surface px-2 focus-within:border-accent focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-focus">
        <Search aria-hidden className="size-3.5 text-text-3" strokeWidth={1.75} />
        <input
          className="min-w-0 flex-1 bg-transparent outline-none placeholder:text-text-3"
          placeholder={t("search")}
          aria-label={t("search")}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && first !== undefined && query !== "") onAdd(first.id);
            if (event.key === "Escape") setQuery("");
          }}
        />
        <Kbd>+</Kbd>
      </label>
      <div className="-mx-1 min-h-0 flex-1 overflow-y-auto px-1" onKeyDown={moveFocus}>
        {GROUPS.map((group) => (
          <Group
            key={group}
            heading={t(group)}
            entries={found.filter((entry) => entry.group === group)}
            onAdd={onAdd}
          />
        ))}
        <Group heading={t("patterns")} entries={whole} onAdd={onAdd} />
        {first === undefined && <p className="px-2 py-3 text-12 text-text-3">{t("nothing", { query })}</p>}
      </div>
      <p className="shrink-0 px-2 pt-2 text-11 text-text-3 max-lg:hidden">
        {t.rich("drag", { key: <Kbd key="key">+</Kbd> })}
      </p>
    </div>
  );
}

type Shown = Pick<PaletteEntry, "id" | "title" | "description" | "family" | "icon">;

function Group(props: {
  heading: string;
  entries: readonly Shown[];
  onAdd: (entry: string) => void;
}): JSX.Element | null {
  const { heading, entries, onAdd } = props;
  if (entries.length === 0) return null;
  return (
    <div role="group" aria-label={heading}>
      <div className="px-2 pt-3 pb-1 text-11 font-medium text-text-3">{heading}</div>
      {entries.map((entry) => (
        <button
          key={entry.id}
          type="button"
          draggable
          title={entry.description}
          data-palette={entry.id}
          className="flex min-h-[30px] w-full cursor-default items-center gap-[9px] rounded-sm px-2 text-left font-medium hover:bg-surface-hover pointer-coarse:min-h-11"
          onClick={() => onAdd(entry.id)}
          onDragStart={(event) => {
            event.dataTransfer.setData(PALETTE_MIME, entry.id);
            event.dataTransfer.effectAllowed = "copy";
          }}
        >
          <Tile inline family={entry.family} icon={entry.icon} />
          <span className="min-w-0 flex-1 leading-[18px]">{entry.title}</span>
        </button>
      ))}
    </div>
  );
}

/** Arrows move through the list. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-palette]")];
  const at = all.findIndex((one) => one === document.activeElement);
  all[at + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
  event.preventDefault();
}
