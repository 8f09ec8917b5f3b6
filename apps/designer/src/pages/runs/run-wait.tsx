import type { JSX } from "react";
import type { RunRow } from "../../rpc/outputs.ts";
import { cx } from "../../ui/cx.ts";
import { useNow } from "../../ui/now.ts";
import { TimeRail } from "../../ui/time-rail.tsx";
import { durationText } from "../../ui/time.ts";
import { useWords } from "../../words/use-words.tsx";
import { waitLeft } from "./standing.ts";
import { words } from "./words.ts";

/** What is left of a run's wait; nothing where it does not end by itself. */
export function RunWait({ row }: { readonly row: RunRow }): JSX.Element | null {
  const t = useWords(words);
  const wait = waitLeft(row, useNow());
  if (wait === undefined) return null;
  const late = wait.left < 0;
  const text = t(late ? "late" : "left", { time: durationText(wait.left, t.language) });
  return (
    <span className="flex items-center gap-[9px]">
      <TimeRail
        total={wait.total}
        done={wait.done}
        marks={wait.marks}
        label={t("waitLabel", { left: text })}
        kind={late ? "over" : "live"}
        className="w-16"
      />
      <span className={cx("text-12", late ? "text-failed-text" : "text-text-2")} title={text}>
        {late ? text : durationText(wait.left, t.language)}
      </span>
    </span>
  );
}
