/** Where a run stands, as a sentence and as what is left of its wait. */
import type { RunRow } from "../../rpc/outputs.ts";
import type { Translate } from "../../words/use-words.tsx";
import type { Status } from "../../ui/status-mark.tsx";
import { readable } from "../../values/readable.ts";
import type { words } from "./words.ts";
import { failureText } from "../../words/step-errors.ts";

type T = Translate<keyof (typeof words)["en"]>;

/** A run that waits for a repair shows as what it needs. */
export function statusOf({ status, standing }: Pick<RunRow, "status" | "standing">): Status {
  return standing.kind === "incident" ? "incident" : status;
}

export function standingText({ status, standing, error }: Pick<RunRow, "status" | "standing" | "error">, t: T): string {
  const node = standing.nodeName;
  const why = error === null ? undefined : failureText(error);
  if (node === null) return why ?? t(BEFORE_ANY_STEP[status]);
  switch (standing.kind) {
    case "queued":
      return t("standsQueued");
    case "paused":
      return t("standsPaused", { node });
    case "running":
      return t("standsRunning", { node });
    case "task":
      return taskText(node, standing.task, t);
    case "event":
    case "time":
      return t("standsWait", { node });
    case "children":
      return t("standsChildren", { node });
    case "incident":
      return t("standsIncident", { node });
    case "ended":
      return endedText(status, node, why, t);
  }
}

/** Of a run none of whose steps has ended yet. */
const BEFORE_ANY_STEP = {
  queued: "standsQueued",
  running: "standsFirst",
  waiting: "standsFirst",
  paused: "standsPausedFirst",
  completed: "nothingYet",
  failed: "nothingYet",
  canceled: "nothingYet",
} as const satisfies Record<RunRow["status"], keyof (typeof words)["en"]>;

/** Who has it, how many have answered, or whom it was given to. */
function taskText(node: string, task: RunRow["standing"]["task"], t: T): string {
  if (task === null) return node;
  const { claimedBy, votes, decider, deciders, role, group } = task;
  if (claimedBy !== null) return t("standsClaimed", { node, name: claimedBy });
  if (votes !== null) return t("standsVotes", { node, ...votes, outcome: readable(votes.outcome).toLowerCase() });
  if (decider !== null) return t("standsPerson", { node, name: decider });
  if (group !== null) return t("standsGroup", { node, group, count: deciders });
  if (deciders === 0) return node;
  return role === "manager"
    ? t("standsManagers", { node, count: deciders })
    : t("standsPeople", { node, count: deciders });
}

function endedText(status: RunRow["status"], node: string, error: string | undefined, t: T): string {
  if (status === "failed") return t("standsFailed", { node, error: error ?? "" });
  return t(status === "canceled" ? "standsCanceled" : "standsCompleted", { node });
}

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** What a segment of the rail stands for. */
function unitOf(length: number): number {
  if (length >= 2 * DAY) return DAY;
  return length >= 2 * HOUR ? HOUR : Math.max(1, length / 4);
}

/** A rail of days where there are some, of hours in a short wait. Absent: it does not end by itself. */
export interface WaitLeft {
  readonly total: number;
  readonly done: number;
  readonly marks: readonly number[];
  /** Milliseconds; negative: late. */
  readonly left: number;
}

export function waitLeft({ standing }: Pick<RunRow, "standing">, now: Date): WaitLeft | undefined {
  if (standing.until === null) return undefined;
  const since = Date.parse(standing.since);
  const until = Date.parse(standing.until);
  const unit = unitOf(until - since);
  const units = (time: number): number => (time - since) / unit;
  return {
    total: Math.max(1, Math.round(units(until))),
    done: Math.max(0, Math.min(units(until), units(now.getTime()))),
    marks: standing.reminded.map((time) => units(Date.parse(time))).filter((at) => at >= 0 && at <= units(until)),
    left: until - now.getTime(),
  };
}

/** A value as a column shows it. */
export function columnText(value: unknown, language: string, digits = 0): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") {
    // What has parts of a unit is mostly money: 64.50, not 64.5.
    const least = Math.max(digits, Number.isInteger(value) ? 0 : 2);
    return new Intl.NumberFormat(language, { minimumFractionDigits: least, maximumFractionDigits: 6 }).format(value);
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A business column of the list. */
export interface Column {
  readonly name: string;
  /** All its values are numbers, which stand under each other. */
  readonly numbers: boolean;
  /** So many digits follow the point at least, so that tens stand under tens. */
  readonly digits: number;
}

/** The business columns of the rows, the most frequent first, in the order in which rows have them. */
export function columnsOf(rows: readonly Pick<RunRow, "columns">[], most: number): readonly Column[] {
  const counts = new Map<string, number>();
  const texts = new Set<string>();
  const parts = new Set<string>();
  for (const { columns } of rows) {
    for (const [name, value] of Object.entries(columns)) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      if (typeof value !== "number") texts.add(name);
      else if (!Number.isInteger(value)) parts.add(name);
    }
  }
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(([name]) => ({ name, numbers: !texts.has(name), digits: parts.has(name) ? 2 : 0 }));
}
