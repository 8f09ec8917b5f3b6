/**
 * What happens when a timer is due: a run is looked at, a decision takes effect, people are reminded of a
 * task, or it is escalated.
 */
import type pg from "pg";
import type { Host } from "../host/host.ts";
import { standingDecision } from "../store/tasks.ts";
import { claimDueTimers, dropTimer, type DueTimer } from "../store/timers.ts";
import { wakeDueRuns } from "../store/wake-runs.ts";
import type { Holder } from "../store/waits.ts";
import { escalate } from "../escalation/escalate.ts";
import { remindOf } from "../escalation/remind.ts";
import { carryOut } from "../tasks/decide-task.ts";
import { failpoint } from "../host/failpoint.ts";

export interface FireOptions {
  readonly database: pg.Pool;
  readonly host: Host;
  readonly holder: Holder;
  readonly dispatch: (runs: readonly string[]) => void;
  readonly hasRoom: () => boolean;
  /** A task of this run has changed, and the run stands still: people who look on are told. */
  readonly touched: (run: string) => void;
}

const BATCH = 500;
/** A timer that was claimed and is still there after this long is claimed again. */
const RETRY_MS = 20_000;

/** Fires everything that is due. Milliseconds until the next one, if there is one. */
export async function fireTimers(options: FireOptions): Promise<number | undefined> {
  for (;;) {
    const { due, nextIn } = await claimDueTimers(options.database, BATCH, RETRY_MS);
    await wakeDue(
      due.filter((timer) => timer.name === "").map((timer) => timer.run),
      options,
    );
    for (const timer of due) if (timer.name !== "") await fire(timer, options);
    if (due.length < BATCH) return nextIn;
  }
}

/** Woken as by any other cause: whoever has room finds them, also when the hint to go on is lost. */
async function wakeDue(runs: readonly string[], { database, host, dispatch }: FireOptions): Promise<void> {
  for (const held of await wakeDueRuns(database, runs)) host.woken(held);
  dispatch(runs);
}

async function fire(timer: DueTimer, options: FireOptions): Promise<void> {
  const [kind, id = ""] = timer.name.split(":");
  failpoint("timer.before");
  if (kind === "decision") await takeEffect(id, options);
  else if (kind === "reminder") await remindOf(options.database, timer);
  else if (kind === "escalation") await escalate(options.database, timer);
  await dropTimer(options.database, timer.run, timer.name);
  if (kind === "reminder" || kind === "escalation") options.touched(timer.run);
}

async function takeEffect(task: string, options: FireOptions): Promise<void> {
  const decision = await standingDecision(options.database, task);
  if (decision === undefined || decision.effectiveAt > decision.now) return;
  const woken = await carryOut(options.database, options, decision);
  if (woken !== undefined) options.host.woken(woken);
}
