import { Link } from "@tanstack/react-router";
import type { JSX, KeyboardEvent } from "react";
import type { RunRow } from "../../rpc/outputs.ts";
import { cx } from "../../ui/cx.ts";
import { StatusMark } from "../../ui/status-mark.tsx";
import { dateText, durationText, exactText } from "../../ui/time.ts";
import { useWords } from "../../words/use-words.tsx";
import { RunWait } from "./run-wait.tsx";
import { readable } from "../../values/readable.ts";
import { shortId } from "../../values/short-id.ts";
import { columnText, standingText, statusOf, type Column } from "./standing.ts";
import { words } from "./words.ts";

const CELL = "flex min-w-0 items-center px-2.5 whitespace-nowrap";

/** One template for the head and all rows. */
export function gridTemplate(business: number, oneFlow: boolean): string {
  const flow = oneFlow ? [] : ["minmax(96px, 1.1fr)"];
  const values = Array.from({ length: business }, () => "minmax(64px, 0.8fr)");
  return ["80px", "104px", ...flow, ...values, "minmax(220px, 2.4fr)", "140px", "60px", "116px", "76px"].join(" ");
}

interface HeadCell {
  readonly name: string;
  readonly right: boolean;
}

interface TableHeadProps {
  readonly columns: readonly Column[];
  readonly oneFlow: boolean;
  readonly template: string;
}

export function TableHead({ columns, oneFlow, template }: TableHeadProps): JSX.Element {
  const t = useWords(words);
  const left = (name: string): HeadCell => ({ name, right: false });
  const right = (name: string): HeadCell => ({ name, right: true });
  const cells = [
    left(t("colRun")),
    left(t("colStatus")),
    ...(oneFlow ? [] : [left(t("flow"))]),
    ...columns.map(({ name, numbers }) => ({ name: readable(name), right: numbers })),
    left(t("colStands")),
    left(t("colWait")),
    left(t("colVersion")),
    right(t("colStarted")),
    right(t("colTook")),
  ];
  return (
    <div
      role="row"
      className="sticky top-0 z-10 grid border-b border-border bg-surface-sunken text-11 font-medium text-text-3"
      style={{ gridTemplateColumns: template }}
    >
      {cells.map((cell) => (
        <span
          key={cell.name}
          role="columnheader"
          className={cx(CELL, "h-7 first:pl-4 last:pr-4", cell.right && "justify-end")}
        >
          <span className="truncate">{cell.name}</span>
        </span>
      ))}
    </div>
  );
}

interface RunsRowProps extends TableHeadProps {
  readonly row: RunRow;
  readonly now: Date;
  readonly index: number;
  /** Pixels from the top. */
  readonly start: number;
  readonly peeked: boolean;
  readonly onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void;
  readonly onPeek: (id: string) => void;
  readonly onOpen: (id: string) => void;
}

export function RunsRow(props: RunsRowProps): JSX.Element {
  const { row, columns, oneFlow, template, now, index, start, peeked, onKeyDown, onPeek, onOpen } = props;
  const t = useWords(words);
  const took = row.finishedAt === null ? undefined : Date.parse(row.finishedAt) - Date.parse(row.startedAt);
  return (
    <div
      role="row"
      data-index={index}
      tabIndex={index === 0 || peeked ? 0 : -1}
      aria-rowindex={index + 1}
      aria-selected={peeked}
      onKeyDown={onKeyDown}
      onClick={() => onPeek(row.id)}
      onDoubleClick={() => onOpen(row.id)}
      className={cx(
        "absolute grid inset-x-0 top-0 h-[34px] border-b border-border outline-offset-[-2px] hover:bg-surface-hover",
        peeked && "bg-accent-soft shadow-[inset_3px_0_0_var(--hf-accent)] hover:bg-accent-soft",
      )}
      style={{ gridTemplateColumns: template, transform: `translateY(${start}px)` }}
    >
      <span role="cell" className={cx(CELL, "pl-4")}>
        <Link
          to="/runs/$run"
          params={{ run: row.id }}
          tabIndex={-1}
          className="font-mono text-12 hover:text-accent-text hover:underline"
        >
          {shortId(row.id)}
        </Link>
      </span>
      <span role="cell" className={CELL}>
        <StatusMark status={statusOf(row)} />
      </span>
      {!oneFlow && (
        <span role="cell" className={CELL}>
          <span className="truncate" title={row.flowName}>
            {row.flowName}
          </span>
        </span>
      )}
      {columns.map(({ name, numbers, digits }) => (
        <span key={name} role="cell" className={cx(CELL, numbers && "justify-end")}>
          <span className="truncate">{columnText(row.columns[name], t.language, digits)}</span>
        </span>
      ))}
      <span role="cell" className={cx(CELL, row.status === "completed" && "text-text-2")}>
        <span className="truncate" title={standingText(row, t)}>
          {standingText(row, t)}
        </span>
      </span>
      <span role="cell" className={CELL}>
        <RunWait row={row} />
      </span>
      <span role="cell" className={cx(CELL, "text-text-2")}>
        {row.version}
      </span>
      <span
        role="cell"
        title={exactText(new Date(row.startedAt), t.language)}
        className={cx(CELL, "justify-end text-text-2")}
      >
        {dateText(new Date(row.startedAt), now, t.language)}
      </span>
      <span role="cell" className={cx(CELL, "justify-end pr-4 text-text-2")}>
        {took !== undefined && durationText(took, t.language)}
      </span>
    </div>
  );
}
