import { Link } from "@tanstack/react-router";
import type { JSX } from "react";
import { cx } from "../../ui/cx.ts";
import { useNow } from "../../ui/now.ts";
import { dateText, exactText } from "../../ui/time.ts";
import { useLongList } from "../../ui/use-long-list.ts";
import { useMedia } from "../../ui/use-media.ts";
import { useWords } from "../../words/use-words.tsx";
import { actionText, doorText, type Entry, targetText, whoText } from "./entry-text.ts";
import type { AuditSearch } from "./search.ts";
import { words } from "./words.ts";

const ROW = 34;
/** On a phone an entry has two lines: what was done and when, who and on what. */
const CARD = 60;
const COLUMNS =
  "grid items-center sm:grid-cols-[132px_minmax(120px,1.2fr)_minmax(150px,1.6fr)_minmax(120px,1fr)_112px] max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:grid-rows-2 max-sm:px-4 max-sm:py-1.5";
const CELL = "min-w-0 truncate sm:px-2.5 sm:first:pl-4 sm:last:pr-4";

export interface AuditTableProps {
  readonly rows: readonly Entry[];
  readonly onEnd: () => void;
  readonly search: AuditSearch;
  readonly selected: string | undefined;
}

/** The newest first; each row opens its entry. */
export function AuditTable({ rows, onEnd, search, selected }: AuditTableProps): JSX.Element {
  const t = useWords(words);
  const phone = useMedia("(max-width: 639px)");
  const { scroller, virtual } = useLongList(rows.length, phone ? CARD : ROW, onEnd);
  return (
    <div ref={scroller} className="min-h-0 min-w-0 flex-1 overflow-auto bg-surface">
      <div role="table" aria-label={t("title")} aria-rowcount={rows.length} className="tabular-nums sm:min-w-[680px]">
        <div
          role="row"
          className={cx(
            COLUMNS,
            "sticky top-0 z-10 h-7 border-b border-border bg-surface-sunken text-11 font-medium text-text-3 max-sm:sr-only",
          )}
        >
          {(["colAt", "colWho", "colAction", "colTarget", "colDoor"] as const).map((name) => (
            <span key={name} role="columnheader" className={CELL}>
              {t(name)}
            </span>
          ))}
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const entry = rows[index];
            if (entry === undefined) return null;
            return (
              <Row
                key={entry.id}
                entry={entry}
                index={index}
                start={start}
                search={search}
                selected={entry.id === selected}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface RowProps {
  readonly entry: Entry;
  readonly index: number;
  /** Pixels from the top. */
  readonly start: number;
  readonly search: AuditSearch;
  readonly selected: boolean;
}

function Row({ entry, index, start, search, selected }: RowProps): JSX.Element {
  const t = useWords(words);
  const now = useNow();
  const at = new Date(entry.at);
  const second = "max-sm:row-start-2 max-sm:text-12";
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-selected={selected}
      className={cx(
        COLUMNS,
        "absolute inset-x-0 top-0 h-[60px] border-b border-border sm:h-[34px]",
        selected ? "bg-accent-soft" : "hover:bg-surface-hover",
      )}
      style={{ transform: `translateY(${start}px)` }}
    >
      <span
        role="cell"
        className={cx(CELL, "text-text-2 max-sm:col-start-2 max-sm:row-start-1 max-sm:text-12")}
        title={exactText(at, t.language)}
      >
        {dateText(at, now, t.language)}
      </span>
      <span role="cell" className={cx(CELL, second)}>
        {whoText(entry, t)}
      </span>
      <span role="cell" className={cx(CELL, "max-sm:col-start-1 max-sm:row-start-1")}>
        <Link
          to="/audit"
          search={{ ...search, entry: entry.id }}
          replace
          className="font-medium after:absolute after:inset-0 hover:text-accent-text"
        >
          {actionText(entry.action, t)}
        </Link>
      </span>
      <span role="cell" className={cx(CELL, "font-mono text-12 text-text-2", second, "max-sm:text-right")}>
        {targetText(entry.target)}
      </span>
      <span role="cell" className={cx(CELL, "text-text-3 max-sm:hidden")}>
        {doorText(entry.door, t)}
      </span>
    </div>
  );
}
