import {
  Ban,
  Check,
  CircleDashed,
  CircleSlash,
  Hourglass,
  Loader,
  type LucideIcon,
  OctagonAlert,
  Pause,
  X,
} from "lucide-react";
import type { JSX, ReactNode } from "react";
import { useWords } from "../words/use-words.tsx";
import { cx } from "./cx.ts";
import { TONE_MARK, TONE_TEXT, type Tone } from "./tone.ts";
import { words } from "./words.ts";

/** Every state of a run or a step, and `incident`: a wait for a person to repair. */
export type Status =
  | "queued"
  | "scheduled"
  | "running"
  | "waiting"
  | "paused"
  | "completed"
  | "failed"
  | "canceled"
  | "skipped"
  | "incident"
  | "pending";

export const STATUS_TONE: Readonly<Record<Status, Tone>> = {
  queued: "skipped",
  scheduled: "skipped",
  running: "running",
  waiting: "waiting",
  paused: "skipped",
  completed: "completed",
  failed: "failed",
  canceled: "skipped",
  skipped: "skipped",
  incident: "incident",
  pending: "skipped",
};

export const STATUS_ICON: Readonly<Record<Status, LucideIcon>> = {
  queued: CircleDashed,
  scheduled: CircleDashed,
  running: Loader,
  waiting: Hourglass,
  paused: Pause,
  completed: Check,
  failed: X,
  canceled: Ban,
  skipped: CircleSlash,
  incident: OctagonAlert,
  pending: CircleDashed,
};

/** A state as icon and word; `children` says more than the word: "yes", "2 tries, 3.9 s". */
export function StatusMark({ status, children }: { status: Status; children?: ReactNode }): JSX.Element {
  const t = useWords(words);
  const Icon = STATUS_ICON[status];
  const tone = STATUS_TONE[status];
  return (
    <span className={cx("inline-flex items-center gap-[5px] text-12 font-medium whitespace-nowrap", TONE_TEXT[tone])}>
      <Icon
        aria-hidden
        className={cx("size-3.5 shrink-0", TONE_MARK[tone], status === "running" && "hf-turn")}
        strokeWidth={1.75}
      />
      {children === undefined ? (
        t(status)
      ) : (
        <>
          <span className="sr-only">{t(status)}</span>
          {children}
        </>
      )}
    </span>
  );
}
