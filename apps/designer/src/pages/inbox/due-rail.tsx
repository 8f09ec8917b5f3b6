import type { JSX } from "react";
import { TimeRail } from "../../ui/time-rail.tsx";
import { durationText } from "../../ui/time.ts";
import { useWords } from "../../words/use-words.tsx";
import { waitLeft } from "../runs/standing.ts";
import type { InboxTask } from "./groups.ts";
import { words } from "./words.ts";

export interface DueRailProps {
  readonly task: Pick<InboxTask, "openedAt" | "dueAt" | "remindedAt">;
  readonly now: Date;
  readonly className?: string;
  /** At most so many segments; several units share one where there are more. */
  readonly most?: number;
}

/** What is left until a task is due, with what people were told meanwhile; nothing where it is not. */
export function DueRail({ task, now, className, most = 24 }: DueRailProps): JSX.Element | null {
  const t = useWords(words);
  const wait = waitLeft(
    { standing: { ...STANDING, since: task.openedAt, until: task.dueAt, reminded: task.remindedAt } },
    now,
  );
  if (wait === undefined) return null;
  const late = wait.left < 0;
  const share = Math.ceil(wait.total / most);
  return (
    <TimeRail
      total={wait.total / share}
      done={wait.done / share}
      marks={wait.marks.map((mark) => mark / share)}
      kind={late ? "over" : "live"}
      label={t(late ? "late" : "left", { time: durationText(wait.left, t.language) })}
      className={className}
    />
  );
}

const STANDING = {
  kind: "task",
  node: null,
  nodeName: null,
  text: null,
  taskId: null,
  task: null,
  incidentId: null,
} as const;
