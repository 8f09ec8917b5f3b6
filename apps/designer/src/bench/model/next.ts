/** The two keys of the bench: one thing on, and on to where time passes. */
import { type Session, movedTo, nextDeed, rested, stepped } from "./session.ts";
import type { BenchView } from "./view.ts";

/** `→`: one more thing happens; once all is at rest, the next thing of the scenario, or the next time. */
export function nextStep(session: Session, view: BenchView): Session | undefined {
  if (!view.rests) return stepped(session);
  return skipped(rested(session), view);
}

/** `⇧→`: everything goes on as far as it can; then to the next time at which something happens. */
export function skipAhead(session: Session, view: BenchView): Session | undefined {
  return view.rests ? skipped(rested(session), view) : rested(session);
}

function skipped(session: Session, { clock }: BenchView): Session | undefined {
  const { next } = clock;
  if (next === undefined) return undefined;
  if (next.kind === "deed") return nextDeed(session);
  return movedTo(session, next.at - clock.start);
}
