/** What is wrong with the installation, the worst first. Empty: all is well. */
import type { Outputs } from "../../rpc/outputs.ts";

export type Health = Outputs["health"]["get"];

export type Concern =
  | { readonly kind: "noWorker" }
  | { readonly kind: "stranded"; readonly runs: number }
  | { readonly kind: "lateTimer"; readonly ms: number }
  | { readonly kind: "lateJob"; readonly ms: number };

/** What takes longer is late. Milliseconds. */
const LATE = 20_000;

export function concernsOf({ workers, runs, timers, queue }: Health): readonly Concern[] {
  const late = (ms: number | null): ms is number => ms !== null && ms > LATE;
  return [
    ...(workers.some(({ alive, works }) => alive && works) ? [] : [{ kind: "noWorker" } as const]),
    ...(runs.stranded > 0 ? [{ kind: "stranded", runs: runs.stranded } as const] : []),
    ...(late(timers.oldestDueMs) ? [{ kind: "lateTimer", ms: timers.oldestDueMs } as const] : []),
    ...(late(queue.oldestMs) ? [{ kind: "lateJob", ms: queue.oldestMs } as const] : []),
  ];
}
