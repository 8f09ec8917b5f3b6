import { useEffect, useRef, type JSX } from "react";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { useWords } from "../../words/use-words.tsx";
import type { ChangeGroup } from "../../versions/change-groups.ts";
import { ChangeRows, ChangeSign } from "../../versions/change-list.tsx";
import { words } from "./words.ts";

export interface ChangesPanelProps {
  readonly title: string;
  readonly groups: readonly ChangeGroup[];
  readonly current: string | undefined;
  readonly onCurrent: (key: string) => void;
  readonly onNext: () => void;
  /** Absent: the reader may not, or the draft is not compared. */
  readonly onUndo: ((group: ChangeGroup) => void) | undefined;
}

/** Every change, field by field. */
export function ChangesPanel(props: ChangesPanelProps): JSX.Element {
  const { title, groups, current, onCurrent, onNext, onUndo } = props;
  const t = useWords(words);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
  }, [current]);
  return (
    <>
      <div className="flex shrink-0 items-center gap-2 border-b border-border px-4 pt-3 pb-2.5">
        <h2 className="min-w-0 flex-1 font-semibold">{title}</h2>
        <span className="text-12 text-text-3">{t("changeCount", { count: groups.length })}</span>
        {groups.length > 1 && (
          <Button size="sm" kbd="J" onClick={onNext}>
            {t("next")}
          </Button>
        )}
      </div>
      {groups.length === 0 && <p className="px-4 py-3 text-text-2">{t("same")}</p>}
      <ul ref={list} className="m-0 min-h-0 flex-1 list-none overflow-y-auto p-0">
        {groups.map((group) => (
          <li
            key={group.key}
            aria-current={group.key === current ? "true" : undefined}
            className={cx(
              "relative border-b border-border px-4 pt-[11px] pb-3",
              group.key === current && "bg-surface-sunken",
            )}
          >
            <div className="flex items-center gap-2">
              <ChangeSign kind={group.kind} label={t(group.kind)} />
              <button
                type="button"
                className="min-w-0 flex-1 truncate text-left font-semibold after:absolute after:inset-0"
                title={t("show", { title: group.title })}
                onClick={() => onCurrent(group.key)}
              >
                {group.title}
              </button>
              {onUndo !== undefined && (
                <button
                  type="button"
                  className="relative z-10 shrink-0 text-12 text-accent-text hover:underline pointer-coarse:min-h-11"
                  onClick={() => onUndo(group)}
                >
                  {t(group.kind === "removed" ? "bringBack" : "undoChange")}
                </button>
              )}
            </div>
            <ChangeRows group={group} />
          </li>
        ))}
      </ul>
    </>
  );
}
