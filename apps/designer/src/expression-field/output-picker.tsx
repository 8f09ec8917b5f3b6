import { Search } from "lucide-react";
import { useId, useMemo, useState, type JSX, type KeyboardEvent } from "react";
import { TextInput } from "../ui/text-input.tsx";
import { useWords } from "../words/use-words.tsx";
import { OutputRow } from "./output-row.tsx";
import { filterTree } from "./outputs-tree.ts";
import type { OutputItem } from "./outputs-tree.ts";
import { visibleItems } from "./visible-items.ts";
import type { VisibleItem } from "./visible-items.ts";
import { words } from "./words.ts";

export interface OutputPickerProps {
  readonly items: readonly OutputItem[];
  readonly onChoose: (expression: string) => void;
  /** A brace was typed: whoever types braces wants to write the expression. */
  readonly onBrace?: (() => void) | undefined;
  /** Of a tree that stays on the page, nothing has the focus at first. */
  readonly autoFocus?: boolean | undefined;
}

/** The values that can be inserted: arrows move, letters narrow, Enter inserts. */
export function OutputPicker({ items, onChoose, onBrace, autoFocus = false }: OutputPickerProps): JSX.Element {
  const t = useWords(words);
  const id = useId();
  const [typed, setTyped] = useState("");
  /** Undefined: the first that can be inserted. */
  const [active, setActive] = useState<number>();
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => rowsOf(items, typed, toggled), [items, typed, toggled]);
  const first = typed === "" ? 0 : rows.findIndex(({ item }) => item.expression !== undefined);
  const at = Math.min(active ?? Math.max(first, 0), rows.length - 1);
  const current = rows[at];
  const toggle = (path: string): void => {
    setToggled((before) =>
      before.has(path) ? new Set([...before].filter((one) => one !== path)) : new Set([...before, path]),
    );
  };
  const choose = ({ item }: VisibleItem): void => {
    if (item.expression === undefined) toggle(item.path);
    else onChoose(item.expression);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = move(event.key, rows, at);
    if (next === undefined && event.key !== "Enter") return;
    event.preventDefault();
    if (event.key === "Enter" && current !== undefined) choose(current);
    if (next?.active !== undefined) setActive(next.active);
    if (next?.toggle !== undefined) toggle(next.toggle);
  };
  return (
    <div className="flex min-h-0 flex-col gap-1.5" onKeyDown={onKeyDown}>
      <TextInput
        icon={Search}
        size="sm"
        value={typed}
        autoFocus={autoFocus}
        onChange={(text) => {
          if (text === "{" && onBrace !== undefined) onBrace();
          else setTyped(text);
          setActive(undefined);
        }}
        placeholder={t("find")}
        role="combobox"
        aria-label={t("find")}
        aria-expanded
        aria-controls={`${id}-tree`}
        aria-activedescendant={current === undefined ? undefined : `${id}-${at}`}
        aria-describedby={`${id}-help`}
      />
      <div id={`${id}-tree`} role="tree" aria-label={t("outputs")} className="-mx-1 max-h-64 overflow-y-auto">
        {rows.map((row, index) => (
          <OutputRow
            key={row.item.path}
            row={row}
            id={`${id}-${index}`}
            active={index === at}
            onToggle={() => toggle(row.item.path)}
            onChoose={() => choose(row)}
            onPoint={() => setActive(index)}
          />
        ))}
        {rows.length === 0 && (
          <p className="px-2 py-1.5 text-12 text-text-3">{t(items.length === 0 ? "noneHere" : "noneFits")}</p>
        )}
      </div>
      <p id={`${id}-help`} className="text-11 text-text-3">
        {t("pickerHelp")}
      </p>
    </div>
  );
}

/** While something is typed everything is open; else what is at the top, and what was closed or opened by hand. */
function rowsOf(items: readonly OutputItem[], typed: string, toggled: ReadonlySet<string>): VisibleItem[] {
  const first = new Set(items.slice(0, 3).map(({ path }) => path));
  const filtered = filterTree(items, typed);
  const narrowed = typed.trim() !== "";
  return visibleItems(filtered, (path) => (narrowed || first.has(path)) !== toggled.has(path));
}

function move(
  key: string,
  rows: readonly VisibleItem[],
  at: number,
): { readonly active?: number; readonly toggle?: string } | undefined {
  const current = rows[at];
  switch (key) {
    case "ArrowDown":
      return { active: Math.min(at + 1, rows.length - 1) };
    case "ArrowUp":
      return { active: Math.max(at - 1, 0) };
    case "ArrowRight":
      if (current === undefined || current.item.children.length === 0) return undefined;
      return current.open ? { active: at + 1 } : { toggle: current.item.path };
    case "ArrowLeft": {
      if (current?.open === true) return { toggle: current.item.path };
      const parent = rows.findIndex(({ item }) => item.path === current?.parent);
      return parent === -1 ? undefined : { active: parent };
    }
    default:
      return undefined;
  }
}
