import { Link } from "@tanstack/react-router";
import type { JSX, KeyboardEvent } from "react";
import type { RunRow } from "../../rpc/outputs.ts";
import { StatusMark } from "../../ui/status-mark.tsx";
import { dateText } from "../../ui/time.ts";
import { useWords } from "../../words/use-words.tsx";
import { RunWait } from "./run-wait.tsx";
import { shortId } from "../../values/short-id.ts";
import { columnText, standingText, statusOf, type Column } from "./standing.ts";
import { words } from "./words.ts";

/** Pixels. */
export const CARD = 64;

export interface RunCardProps {
  readonly row: RunRow;
  readonly columns: readonly Column[];
  readonly oneFlow: boolean;
  readonly now: Date;
  readonly index: number;
  /** Pixels from the top. */
  readonly start: number;
  readonly onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void;
}

/** A run on a phone: two lines, and the whole of it leads to the run. */
export function RunCard({ row, columns, oneFlow, now, index, start, onKeyDown }: RunCardProps): JSX.Element {
  const t = useWords(words);
  const values = columns.map(({ name }) => columnText(row.columns[name], t.language)).filter((text) => text !== "");
  const about = [...(oneFlow ? [] : [row.flowName]), ...values].join(" · ");
  return (
    <div
      role="row"
      data-index={index}
      tabIndex={index === 0 ? 0 : -1}
      aria-rowindex={index + 1}
      onKeyDown={onKeyDown}
      className="absolute inset-x-0 top-0 flex flex-col justify-center gap-1 border-b border-border px-4 outline-offset-[-2px]"
      style={{ height: CARD, transform: `translateY(${start}px)` }}
    >
      <span role="cell" className="flex min-w-0 items-center gap-2">
        <Link
          to="/runs/$run"
          params={{ run: row.id }}
          tabIndex={-1}
          aria-label={t("openRun", { id: shortId(row.id) })}
          className="min-w-0 truncate font-medium after:absolute after:inset-0"
        >
          {about === "" ? shortId(row.id) : about}
        </Link>
        <span className="ml-auto text-12 whitespace-nowrap text-text-3 tabular-nums">
          {dateText(new Date(row.startedAt), now, t.language)}
        </span>
      </span>
      <span role="cell" className="flex min-w-0 items-center gap-2 text-12">
        <StatusMark status={statusOf(row)} />
        <span className="min-w-0 flex-1 truncate text-text-2">
          {row.status === "completed" ? "" : standingText(row, t)}
        </span>
        <RunWait row={row} />
      </span>
    </div>
  );
}
