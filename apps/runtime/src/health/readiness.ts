/** Whether work sent here now would be done. */
import type { Queryable } from "../read/queryable.ts";

export interface Check {
  readonly ok: boolean;
  /** What is wrong, in a sentence. */
  readonly detail?: string;
}

export interface Readiness {
  readonly ready: boolean;
  readonly checks: { readonly database: Check; readonly jobs: Check };
}

export interface ReadinessOptions {
  readonly database: Queryable;
  /** Whether jobs are really being fetched, by this process or, for a mere server, by any. */
  readonly jobs: () => Promise<boolean>;
  /** Milliseconds after which no answer is a no. */
  readonly patience?: number;
}

export async function checkReadiness({ database, jobs, patience = 2_000 }: ReadinessOptions): Promise<Readiness> {
  const [answering, fetching] = await Promise.all([
    within(patience, async () => {
      await database.query("select 1");
      return true;
    }),
    within(patience, jobs),
  ]);
  return {
    ready: answering && fetching,
    checks: {
      database: answering ? { ok: true } : { ok: false, detail: "the database does not answer" },
      jobs: fetching ? { ok: true } : { ok: false, detail: "no worker is fetching jobs" },
    },
  };
}

async function within(ms: number, check: () => Promise<boolean>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), ms);
  try {
    return await Promise.race([check(), promise]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
