import { Link } from "@tanstack/react-router";
import type { JSX } from "react";
import type { Outputs } from "../../rpc/outputs.ts";
import { cx } from "../../ui/cx.ts";
import { useNow } from "../../ui/now.ts";
import { dateText, exactText } from "../../ui/time.ts";
import { useWords, type Translate } from "../../words/use-words.tsx";
import { useLongList } from "../../ui/use-long-list.ts";
import { useMedia } from "../../ui/use-media.ts";
import { words } from "./words.ts";

type EventRow = Outputs["events"]["list"]["items"][number];
type T = Translate<keyof (typeof words)["en"]>;

const ROW = 34;
/** On a phone an event has two lines: its name and when, what it did and where it came from. */
const CARD = 60;
const COLUMNS =
  "grid items-center sm:grid-cols-[minmax(180px,2fr)_minmax(180px,2fr)_minmax(90px,1fr)_132px] max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:grid-rows-2 max-sm:px-4 max-sm:py-1.5";
const CELL = "min-w-0 truncate sm:px-2.5 sm:first:pl-4 sm:last:pr-4";

/** The newest first; each row leads to the event. */
export function EventsTable({
  rows,
  onEnd,
}: {
  readonly rows: readonly EventRow[];
  readonly onEnd: () => void;
}): JSX.Element {
  const t = useWords(words);
  const now = useNow();
  const phone = useMedia("(max-width: 639px)");
  const { scroller, virtual } = useLongList(rows.length, phone ? CARD : ROW, onEnd);
  const items = virtual.getVirtualItems();
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-auto bg-surface">
      <div role="table" aria-label={t("title")} aria-rowcount={rows.length} className="tabular-nums sm:min-w-[620px]">
        <div
          role="row"
          className={cx(
            COLUMNS,
            "sticky top-0 z-10 h-7 max-sm:sr-only border-b border-border bg-surface-sunken text-11 font-medium text-text-3",
          )}
        >
          {[t("colName"), t("colDid"), t("colFrom")].map((name) => (
            <span key={name} role="columnheader" className={CELL}>
              {name}
            </span>
          ))}
          <span role="columnheader" className={cx(CELL, "text-right")}>
            {t("colAt")}
          </span>
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return <Row key={row.id} row={row} index={index} start={start} now={now} />;
          })}
        </div>
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: EventRow;
  readonly index: number;
  /** Pixels from the top. */
  readonly start: number;
  readonly now: Date;
}

function Row({ row, index, start, now }: RowProps): JSX.Element {
  const t = useWords(words);
  const did = didText(row, t);
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      className={cx(
        COLUMNS,
        "absolute inset-x-0 top-0 h-[60px] border-b border-border hover:bg-surface-hover sm:h-[34px]",
      )}
      style={{ transform: `translateY(${start}px)` }}
    >
      <span role="cell" className={CELL}>
        <Link
          to="/events/$event"
          params={{ event: row.id }}
          className="font-mono text-12 after:absolute after:inset-0 hover:text-accent-text"
        >
          {row.name}
        </Link>
      </span>
      <span
        role="cell"
        className={cx(
          CELL,
          "max-sm:row-start-2 max-sm:text-12",
          row.refused.length > 0 ? "text-failed-text" : "text-text-2",
        )}
        title={did}
      >
        {did}
      </span>
      <span role="cell" className={cx(CELL, "text-text-2 max-sm:row-start-2 max-sm:text-12")}>
        {viaText(row.via, t)}
      </span>
      <span
        role="cell"
        className={cx(CELL, "text-right text-text-2 max-sm:col-start-2 max-sm:row-start-1 max-sm:text-12")}
        title={exactText(new Date(row.acceptedAt), t.language)}
      >
        {dateText(new Date(row.acceptedAt), now, t.language)}
      </span>
    </div>
  );
}

const VIAS = ["api", "cli", "flow", "app"] as const;

export function viaText(via: string, t: T): string {
  const known = VIAS.find((each) => each === via);
  return known === undefined ? via : t(`via_${known}`);
}

/** "started a run, ended a wait" */
function didText({ started, resolved, refused }: Pick<EventRow, "started" | "resolved" | "refused">, t: T): string {
  const parts = [
    ...(started.length > 0 ? [t("started", { n: started.length })] : []),
    ...(resolved.length > 0 ? [t("resolved", { n: resolved.length })] : []),
    ...(refused.length > 0 ? [t("refusedBy", { n: refused.length })] : []),
  ];
  return parts.length === 0 ? t("didNothing") : parts.join(", ");
}
