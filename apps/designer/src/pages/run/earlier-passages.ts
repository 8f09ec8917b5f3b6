/** What a step of several parts did before the passage that ended it: its parts, and the waits between them. */
import { didIn } from "./did.ts";
import type { RunStep } from "./run-step.ts";
import type { TimelineStep, TimelineWait } from "./timeline.ts";

export interface EarlierPassages {
  readonly parts: readonly TimelineStep[];
  readonly waits: readonly TimelineWait[];
}

/** What a wait in the middle of a step leaves. */
const WAITED: ReadonlySet<string> = new Set(["person", "event", "waited", "flow"]);

/** Calls that are a step's own, and no part of it. */
const isWhole = (call: string): boolean => ["main", "repair", "undo"].includes(call) || call.startsWith("undo~");

export function earlierPassages(steps: readonly RunStep[]): EarlierPassages {
  const lastPassage = new Map<string, number>();
  for (const { node, call, startedAt } of steps) if (isWhole(call)) lastPassage.set(node, Date.parse(startedAt));
  const parts: TimelineStep[] = [];
  const waits: TimelineWait[] = [];
  for (const step of steps) {
    const { id, node, call, attempt, status } = step;
    if (isWhole(call) || step.finishedAt === null || status !== "completed") continue;
    const [startedAt, finishedAt] = [Date.parse(step.startedAt), Date.parse(step.finishedAt)];
    if (WAITED.has(didIn(step).kind)) waits.push({ node, kind: "event", openedAt: startedAt, closedAt: finishedAt });
    else if (finishedAt <= (lastPassage.get(node) ?? Number.POSITIVE_INFINITY)) {
      parts.push({ id, node, call, attempt, status, startedAt, finishedAt, part: true });
    }
  }
  return { parts, waits };
}
