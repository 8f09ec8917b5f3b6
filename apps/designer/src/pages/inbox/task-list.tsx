import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useEffect, useMemo, useRef, type JSX } from "react";
import { cx } from "../../ui/cx.ts";
import { useWords } from "../../words/use-words.tsx";
import type { Group, InboxTask, TaskGroup } from "./groups.ts";
import { TaskRow } from "./task-row.tsx";
import { words } from "./words.ts";

export interface TaskListProps {
  readonly groups: readonly TaskGroup[];
  readonly selected: string | undefined;
  readonly now: Date;
  readonly me: string;
  /** Undefined: no boxes are shown. */
  readonly chosen: ReadonlySet<string> | undefined;
  readonly onOpen: (task: InboxTask) => void;
  readonly onChoose: (task: InboxTask, range: boolean) => void;
  /** Another list is on its way. */
  readonly busy: boolean;
  /** How many fit beyond those that are listed. */
  readonly more: number;
}

type Line =
  | { readonly kind: "head"; readonly group: Group; readonly count: number }
  | { readonly kind: "task"; readonly task: InboxTask; readonly place: number };

const HEAD = 28;
const ROW = 57;

function linesOf(groups: readonly TaskGroup[]): readonly Line[] {
  let place = 0;
  return groups.flatMap(({ group, tasks }): readonly Line[] => [
    { kind: "head", group, count: tasks.length },
    ...tasks.map((task): Line => ({ kind: "task", task, place: ++place })),
  ]);
}

/** What is seen of the list is drawn, and the heading of the group that is on top stays there. */
export function TaskList({ groups, selected, more, ...row }: TaskListProps): JSX.Element {
  const t = useWords(words);
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => linesOf(groups), [groups]);
  const heads = useMemo(() => lines.flatMap(({ kind }, at) => (kind === "head" ? [at] : [])), [lines]);
  const onTop = useRef(0);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (lines[at]?.kind === "head" ? HEAD : ROW),
    getItemKey: (at) => keyOf(lines[at], at),
    overscan: 8,
    rangeExtractor: useCallback(
      (range: Range) => {
        onTop.current = heads.findLast((at) => at <= range.startIndex) ?? 0;
        return [...new Set([onTop.current, ...defaultRangeExtractor(range)])].toSorted((a, b) => a - b);
      },
      [heads],
    ),
  });
  const total = lines.length - heads.length;
  const open = lines.findIndex((line) => line.kind === "task" && line.task.id === selected);
  useEffect(() => {
    if (open !== -1) virtual.scrollToIndex(open, { align: "auto" });
    // Where the open task stands, not that others come and go.
  }, [selected]);
  return (
    <div ref={scroller} className="min-h-0 flex-1 scroll-pt-7 overflow-y-auto">
      <ul aria-label={t("list")} aria-busy={row.busy} className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index];
          if (line === undefined) return null;
          const stays = index === onTop.current;
          return (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className={cx("inset-x-0 top-0", stays ? "sticky z-10" : "absolute")}
              style={stays ? undefined : { transform: `translateY(${start}px)` }}
              {...(line.kind === "task" && { "aria-setsize": total, "aria-posinset": line.place })}
            >
              {line.kind === "head" ? (
                <Head group={line.group} count={line.count} />
              ) : (
                <TaskRow
                  task={line.task}
                  selected={line.task.id === selected}
                  now={row.now}
                  me={row.me}
                  chosen={row.chosen?.has(line.task.id)}
                  onOpen={row.onOpen}
                  onChoose={row.onChoose}
                />
              )}
            </li>
          );
        })}
      </ul>
      {more > 0 && <p className="px-4 py-3 text-12 text-text-2">{t("moreTasks", { n: more })}</p>}
    </div>
  );
}

const keyOf = (line: Line | undefined, at: number): string | number => {
  if (line === undefined) return at;
  return line.kind === "head" ? line.group : line.task.id;
};

function Head({ group, count }: { readonly group: Group; readonly count: number }): JSX.Element {
  const t = useWords(words);
  return (
    <h2 className="flex h-7 items-center gap-2 border-b border-border bg-surface-sunken px-4 text-11 font-semibold text-text-2">
      <span className={cx(group === "overdue" && "text-failed-text")}>{t(group)}</span>
      <span className="font-medium text-text-3 tabular-nums">{count}</span>
    </h2>
  );
}
