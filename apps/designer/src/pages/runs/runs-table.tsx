import type { JSX, KeyboardEvent } from "react";
import type { RunRow } from "../../rpc/outputs.ts";
import { useNow } from "../../ui/now.ts";
import { useWords } from "../../words/use-words.tsx";
import { useLongList } from "../../ui/use-long-list.ts";
import { useMedia } from "../../ui/use-media.ts";
import { CARD, RunCard } from "./run-card.tsx";
import { gridTemplate, RunsRow, TableHead } from "./runs-row.tsx";
import { columnsOf } from "./standing.ts";
import { words } from "./words.ts";

export interface RunsTableProps {
  readonly rows: readonly RunRow[];
  /** The flow is filtered: its name is not repeated in every row. */
  readonly oneFlow: boolean;
  readonly peek: string | undefined;
  readonly onPeek: (id: string | undefined) => void;
  readonly onOpen: (id: string) => void;
  /** The end of what was loaded is near. */
  readonly onEnd: () => void;
}

const ROW = 34;
/** Business columns; fewer where runs of several flows have other ones. */
const COLUMNS = { oneFlow: 4, flows: 2 } as const;

/** Runs, the newest first. Space peeks, Enter opens, arrows go on. */
export function RunsTable({ rows, oneFlow, peek, onPeek, onOpen, onEnd }: RunsTableProps): JSX.Element {
  const t = useWords(words);
  const now = useNow();
  const phone = useMedia("(max-width: 639px)");
  const columns = columnsOf(rows, oneFlow && !phone ? COLUMNS.oneFlow : COLUMNS.flows);
  const { scroller, virtual } = useLongList(rows.length, phone ? CARD : ROW, onEnd);
  const items = virtual.getVirtualItems();

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>, index: number): void => {
    const row = rows[index];
    if (row === undefined || event.target !== event.currentTarget) return;
    const go = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    if (go !== undefined) focusRow(index + go);
    else if (event.key === " ") onPeek(peek === row.id ? undefined : row.id);
    else if (event.key === "Enter") onOpen(row.id);
    else return;
    event.preventDefault();
  };
  const focusRow = (index: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    virtual.scrollToIndex(next);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
  };
  const template = gridTemplate(columns.length, oneFlow);
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-auto bg-surface">
      <div role="table" aria-label={t("title")} aria-rowcount={rows.length} className="tabular-nums sm:min-w-[900px]">
        {!phone && <TableHead columns={columns} oneFlow={oneFlow} template={template} />}
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            if (phone) {
              return (
                <RunCard
                  key={row.id}
                  row={row}
                  columns={columns}
                  oneFlow={oneFlow}
                  now={now}
                  index={index}
                  start={start}
                  onKeyDown={(event) => onKeyDown(event, index)}
                />
              );
            }
            return (
              <RunsRow
                key={row.id}
                row={row}
                columns={columns}
                oneFlow={oneFlow}
                template={template}
                now={now}
                index={index}
                start={start}
                peeked={row.id === peek}
                onKeyDown={(event) => onKeyDown(event, index)}
                onPeek={onPeek}
                onOpen={onOpen}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
