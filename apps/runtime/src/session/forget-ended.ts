/**
 * Forgets what is over: tries that count no more, sessions and links that ended long ago, answers of
 * models that are given to nobody any more, how far steps of ended runs were, processes that are gone.
 */
import type { Logger } from "../log/logger.ts";
import type { Queryable } from "../read/queryable.ts";

const EVERY_MS = 60 * 60 * 1000;

const OVER = [
  `delete from holdfast.sign_in_tries where key in (
     select key from holdfast.sign_in_tries where until < clock_timestamp() - interval '1 hour'
      limit 10000 for update skip locked)`,
  "delete from holdfast.sessions where expires_at < clock_timestamp() - interval '7 days'",
  "delete from holdfast.password_links where expires_at < clock_timestamp() - interval '7 days'",
  "delete from holdfast.decision_links where expires_at < holdfast.now() - interval '30 days'",
  `delete from holdfast.notifications n using holdfast.tasks t
    where t.id = n.task and t.closed_at < holdfast.now() - interval '90 days'`,
  `delete from holdfast.model_answers where (workspace, key) in (
     select workspace, key from holdfast.model_answers where expires_at < holdfast.now() limit 10000)`,
  `delete from holdfast.step_progress p using holdfast.runs r
    where r.id = p.run and r.finished_at < holdfast.now() - interval '1 hour'`,
  // What a process was about is finished before it is written off.
  "delete from holdfast.workers where stopped_at < clock_timestamp() - interval '30 days'",
  "delete from holdfast.sign_in_returns where used_at < clock_timestamp() - interval '1 day'",
];

export async function forgetEnded(database: Queryable): Promise<void> {
  for (const text of OVER) await database.query(text);
}

/** Once an hour, from now on. Returns how to stop it. */
export function keepForgetting(database: Queryable, logger: Logger): () => void {
  const timer = setInterval(() => {
    forgetEnded(database).catch((error: unknown) => logger.warn({ err: error }, "ended sessions were not forgotten"));
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
