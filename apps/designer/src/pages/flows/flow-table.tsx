import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import { useRef, useSyncExternalStore, type JSX } from "react";
import { useCommands } from "../../keys/use-commands.ts";
import { cx } from "../../ui/cx.ts";
import { useWords } from "../../words/use-words.tsx";
import { COLUMNS, FlowRowView, PHONE_ROW_HEIGHT, ROW_HEIGHT } from "./flow-row.tsx";
import type { FlowRow } from "./rows.ts";
import type { Sort } from "./search.ts";
import { words } from "./words.ts";

const WIDE = "(min-width: 48rem)";

function useRowHeight(): number {
  const wide = useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(WIDE);
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    () => window.matchMedia(WIDE).matches,
  );
  return wide ? ROW_HEIGHT : PHONE_ROW_HEIGHT;
}

/** The flow whose row has the focus. */
function focusedFlow(): string | undefined {
  const { activeElement } = document;
  return activeElement instanceof HTMLElement ? activeElement.dataset["flow"] : undefined;
}

export interface FlowTableProps {
  readonly rows: readonly FlowRow[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

/** The flows as rows; only those in sight are in the page. */
export function FlowTable({ rows, sort, onSort }: FlowTableProps): JSX.Element {
  const t = useWords(words);
  const box = useRef<HTMLDivElement>(null);
  const height = useRowHeight();
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 12,
    getItemKey: (at) => rows[at]?.id ?? at,
  });
  const move = (step: 1 | -1): void => {
    const here = focusedFlow();
    const at = rows.findIndex(({ id }) => id === here);
    const next = at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step));
    list.scrollToIndex(next);
    const id = rows[next]?.id;
    requestAnimationFrame(() =>
      box.current?.querySelector<HTMLElement>(`[data-flow="${CSS.escape(id ?? "")}"]`)?.focus(),
    );
  };
  useCommands([
    {
      id: "flows.next",
      label: t("next"),
      keys: ["J", "↓"],
      group: t("groupFlows"),
      keysOnly: true,
      run: () => move(1),
    },
    {
      id: "flows.previous",
      label: t("previous"),
      keys: ["K", "↑"],
      group: t("groupFlows"),
      keysOnly: true,
      run: () => move(-1),
    },
  ]);
  return (
    <div
      ref={box}
      role="table"
      aria-label={t("title")}
      aria-rowcount={rows.length + 1}
      className="min-h-0 flex-1 overflow-y-auto bg-surface"
    >
      <div
        role="row"
        aria-rowindex={1}
        className={cx(COLUMNS, "sticky top-0 z-20 h-[29px] border-b border-border bg-surface-sunken max-md:hidden")}
      >
        <Head text={t("name")} sort="name" current={sort} onSort={onSort} />
        <Head text={t("starts")} />
        <Head text={t("live")} />
        <Head text={t("now")} sort="waiting" current={sort} onSort={onSort} />
        <Head text={t("week")} className="max-xl:hidden" />
        <Head text={t("edited")} sort="edited" current={sort} onSort={onSort} className="max-xl:hidden" />
      </div>
      <div role="rowgroup" className="relative" style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ key, index, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <FlowRowView key={key} row={row} position={index + 1} top={start} height={height} />
          );
        })}
      </div>
    </div>
  );
}

interface HeadProps {
  readonly text: string;
  readonly sort?: Sort;
  readonly current?: Sort;
  readonly onSort?: (sort: Sort) => void;
  readonly className?: string;
}

function Head({ text, sort, current, onSort, className }: HeadProps): JSX.Element {
  const look = cx("text-11 font-medium text-text-3", className);
  if (sort === undefined) {
    return (
      <div role="columnheader" className={look}>
        {text}
      </div>
    );
  }
  const on = sort === current;
  const order = sort === "name" ? "ascending" : "descending";
  return (
    <div role="columnheader" aria-sort={on ? order : "none"} className={look}>
      <button
        type="button"
        onClick={() => onSort?.(sort)}
        className={cx("flex items-center gap-1 rounded-xs hover:text-text", on && "text-text-2")}
      >
        {text}
        {on && <ArrowDown aria-hidden className={cx("size-3", sort === "name" && "rotate-180")} strokeWidth={1.75} />}
      </button>
    </div>
  );
}
