import { memo, type JSX, type MouseEvent } from "react";
import { Checkbox } from "../../ui/checkbox.tsx";
import { cx } from "../../ui/cx.ts";
import { durationText, relativeText } from "../../ui/time.ts";
import { withMoney } from "../../values/money-text.ts";
import { shownValue } from "../../values/shown-value.ts";
import { useWords } from "../../words/use-words.tsx";
import { answerOf } from "./answers.ts";
import { canBeChosen } from "./chosen.ts";
import { DueRail } from "./due-rail.tsx";
import { figureText, type InboxTask, rowFacts } from "./groups.ts";
import { words } from "./words.ts";

/** More would be a hatching at this width. */
const ROW_SEGMENTS = 14;

export interface TaskRowProps {
  readonly task: InboxTask;
  readonly selected: boolean;
  readonly now: Date;
  /** The person who looks. */
  readonly me: string;
  /** Undefined: no boxes are shown. */
  readonly chosen: boolean | undefined;
  readonly onOpen: (task: InboxTask) => void;
  /** `range`: from the one that was chosen last. */
  readonly onChoose: (task: InboxTask, range: boolean) => void;
}

export const TaskRow = memo(function TaskRow(props: TaskRowProps): JSX.Element {
  const { task, selected, now, me, chosen, onOpen, onChoose } = props;
  const t = useWords(words);
  const press = (event: MouseEvent): void => {
    const many = event.shiftKey || event.metaKey || event.ctrlKey;
    if (many) onChoose(task, event.shiftKey);
    else onOpen(task);
  };
  return (
    <div
      className={cx(
        "flex items-stretch border-b border-border hover:bg-surface-hover",
        selected && "bg-accent-soft shadow-[inset_3px_0_0_var(--hf-accent)] hover:bg-accent-soft",
      )}
    >
      {chosen !== undefined && (
        <label className="grid w-10 shrink-0 place-items-center pl-1 pointer-coarse:w-11">
          <Checkbox
            checked={chosen}
            disabled={!canBeChosen(task)}
            name={t("chooseTask", { title: task.title })}
            onChange={() => onChoose(task, false)}
          />
        </label>
      )}
      <button
        type="button"
        data-row={task.id}
        aria-current={selected ? "true" : undefined}
        onClick={press}
        className={cx(
          "grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)_auto_92px] gap-x-3 py-[9px] pr-4 text-left outline-offset-[-2px]",
          chosen === undefined ? "pl-4" : "pl-1",
        )}
      >
        <span className="min-w-0">
          <span className="block truncate font-medium max-sm:line-clamp-2 max-sm:whitespace-normal">
            {withMoney(task.title, t.language)}
          </span>
          <span className="flex min-w-0 items-center gap-1.5 text-12 leading-[18px] text-text-2">
            <RowLine task={task} me={me} />
          </span>
        </span>
        <Figure task={task} />
        <RowTime task={task} now={now} />
      </button>
    </div>
  );
});

function Figure({ task }: { readonly task: InboxTask }): JSX.Element {
  const t = useWords(words);
  const { figure } = rowFacts(task);
  return (
    <span className="text-right font-medium tabular-nums">
      {figure !== undefined && figureText(figure, t.language)}
    </span>
  );
}

/** One line of context; what has happened to the task stands before it. */
function RowLine({ task, me }: { readonly task: InboxTask; readonly me: string }): JSX.Element {
  const t = useWords(words);
  const { line } = rowFacts(task);
  const { claimedBy, votes, priority, status } = task;
  return (
    <>
      {(priority === "urgent" || priority === "high") && <Mark strong>{t(priority)}</Mark>}
      {status === "open" && claimedBy !== null && (
        <Mark>{claimedBy.id === me ? t("youHaveIt") : t("hasIt", { name: claimedBy.name })}</Mark>
      )}
      {status === "open" && votes !== null && (
        <Mark>
          {t("votesShort", {
            n: votes.given,
            of: votes.needed,
            answer: answerOf(votes.outcome, t, task.outcomeTitles).given,
          })}
        </Mark>
      )}
      <span className="min-w-0 truncate">
        {line.length > 0 ? line.map((one) => shownValue(one, t.language)).join(", ") : task.flowName}
      </span>
    </>
  );
}

function Mark({ children, strong = false }: { readonly children: string; readonly strong?: boolean }): JSX.Element {
  return (
    <span
      className={cx(
        "max-w-[60%] shrink-0 truncate rounded-xs border border-border-strong px-1 text-11 leading-4",
        strong && "font-medium text-text",
      )}
    >
      {children}
    </span>
  );
}

function RowTime({ task, now }: { readonly task: InboxTask; readonly now: Date }): JSX.Element {
  const t = useWords(words);
  if (task.status !== "open") return <Closed task={task} now={now} />;
  if (task.dueAt === null) return <span />;
  const left = Date.parse(task.dueAt) - now.getTime();
  const late = left < 0;
  return (
    <span className="flex flex-col gap-1.5 pt-px">
      <span className={cx("text-right text-12 tabular-nums", late ? "font-medium text-failed-text" : "text-text-2")}>
        {late ? t("late", { time: durationText(left, t.language) }) : durationText(left, t.language)}
      </span>
      <DueRail task={task} now={now} most={ROW_SEGMENTS} />
    </span>
  );
}

/** What came of it, and when. */
function Closed({ task, now }: { readonly task: InboxTask; readonly now: Date }): JSX.Element {
  const t = useWords(words);
  const { decided, status, closedAt } = task;
  const said =
    decided === null
      ? t(status === "expired" ? "rowExpired" : "rowCanceled")
      : answerOf(decided.outcome, t, task.outcomeTitles).given;
  return (
    <span className="min-w-0 text-right text-12 leading-[18px] text-text-2">
      <span className="block truncate font-medium text-text">{said}</span>
      <span className="block truncate tabular-nums">
        {closedAt !== null && relativeText(new Date(closedAt), now, t.language)}
      </span>
    </span>
  );
}
