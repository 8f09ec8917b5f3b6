import type { JSX } from "react";
import { cx } from "../../ui/cx.ts";
import { durationText } from "../../ui/time.ts";
import { useWords } from "../../words/use-words.tsx";
import { DueRail } from "./due-rail.tsx";
import { rowFacts, type Task, type TaskGroup } from "./groups.ts";
import { words } from "./words.ts";

export interface TaskListProps {
  readonly groups: readonly TaskGroup[];
  readonly selected: string | undefined;
  readonly now: Date;
  readonly onOpen: (task: Task) => void;
}

export function TaskList({ groups, selected, now, onOpen }: TaskListProps): JSX.Element {
  const t = useWords(words);
  return (
    <>
      {groups.map(({ due, tasks }) => (
        <section key={due} aria-label={t(due)}>
          <h2 className="sticky top-0 z-10 flex h-7 items-center gap-2 border-b border-border bg-surface-sunken px-4 text-11 font-semibold text-text-2">
            <span className={cx(due === "overdue" && "text-failed-text")}>{t(due)}</span>
            <span className="font-medium text-text-3 tabular-nums">{tasks.length}</span>
          </h2>
          <ul>
            {tasks.map((task) => (
              <Row key={task.id} task={task} selected={task.id === selected} now={now} onOpen={onOpen} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

interface RowProps {
  readonly task: Task;
  readonly selected: boolean;
  readonly now: Date;
  readonly onOpen: (task: Task) => void;
}

function Row({ task, selected, now, onOpen }: RowProps): JSX.Element {
  const t = useWords(words);
  const { figure, line } = rowFacts(task);
  const left = task.dueAt === null ? undefined : Date.parse(task.dueAt) - now.getTime();
  const late = left !== undefined && left < 0;
  return (
    <li className="[contain-intrinsic-size:auto_55px] [content-visibility:auto]">
      <button
        type="button"
        aria-current={selected ? "true" : undefined}
        onClick={() => onOpen(task)}
        className={cx(
          "grid w-full grid-cols-[minmax(0,1fr)_auto_92px] gap-x-3 border-b border-border px-4 py-[9px] text-left outline-offset-[-2px] hover:bg-surface-hover",
          selected && "bg-accent-soft shadow-[inset_3px_0_0_var(--hf-accent)] hover:bg-accent-soft",
        )}
      >
        <span className="min-w-0">
          <span className="block truncate font-medium max-sm:whitespace-normal">{task.title}</span>
          <span className="block truncate text-12 leading-[18px] text-text-2">
            {line.length > 0 ? line.join(", ") : task.flow}
          </span>
        </span>
        <span className="text-right font-medium tabular-nums">
          {figure !== undefined &&
            new Intl.NumberFormat(t.language, { minimumFractionDigits: Number.isInteger(figure) ? 0 : 2 }).format(
              figure,
            )}
        </span>
        {left === undefined ? (
          <span />
        ) : (
          <span className="flex flex-col gap-1.5 pt-px">
            <span
              className={cx("text-right text-12 tabular-nums", late ? "font-medium text-failed-text" : "text-text-2")}
            >
              {late ? t("late", { time: durationText(left, t.language) }) : durationText(left, t.language)}
            </span>
            <DueRail task={task} now={now} />
          </span>
        )}
      </button>
    </li>
  );
}
