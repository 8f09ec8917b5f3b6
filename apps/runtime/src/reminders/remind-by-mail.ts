/**
 * Brings open tasks to mind by mail, through the installation's mail credential: the same way out as a flow's own mails.
 */
import type { ActionNode } from "@holdfast/nodes";
import type { Credential, GuardedFetch } from "@holdfast/nodes/executors";
import type { Logger } from "../log/logger.ts";
import type { Reminder } from "../tasks/remind.ts";

/** Milliseconds. */
const PATIENCE_MS = 30_000;

export interface RemindByMailOptions {
  /** `email.send`. */
  readonly mail: ActionNode;
  readonly credential: () => Credential | undefined;
  /** Mail servers are reached like everything else: inside only where the operator allows it. */
  readonly door: GuardedFetch;
  readonly logger: Logger;
  readonly now: () => number;
  /** Where people find the task; absent: the mail has no link. */
  readonly url?: string | undefined;
}

/**
 * A reminder is a courtesy: one that can't be sent is logged and not tried again, and nothing waits for it. Without a
 * mail credential nobody is reminded.
 */
export function remindByMail(options: RemindByMailOptions): (reminder: Reminder) => Promise<void> {
  const { mail, door, logger, now } = options;
  return async (reminder) => {
    const credential = options.credential();
    if (credential === undefined) return;
    const title = reminder.title.replaceAll(/\s+/g, " ").trim();
    const outcome = await mail.execute({
      params: {
        to: [...reminder.to],
        ...(hasSender(credential) ? {} : { from: "Holdfast <holdfast@localhost>" }),
        subject: `Still open: ${title}`.slice(0, 200),
        text: textOf(title, reminder.dueAt, options.url),
      },
      key: `${reminder.task}:reminder:${now()}`,
      attempt: 1,
      signal: AbortSignal.timeout(PATIENCE_MS),
      now,
      fetch: door,
      credential: () => Promise.resolve(credential),
      log: logger,
      run: { id: reminder.task, flow: "", version: 0, node: "" },
      ai: {},
    });
    if (outcome.type === "fail") {
      logger.warn(
        { task: reminder.task, code: outcome.error.code },
        `a reminder was not sent: ${outcome.error.message}`,
      );
    }
  };
}

export function hasSender(credential: Credential): boolean {
  const value = credential.reveal();
  if (value.type !== "smtp") return false;
  const { searchParams, username } = new URL(value.url);
  return searchParams.has("from") || decodeURIComponent(username).includes("@");
}

function textOf(title: string, dueAt: string | Date | null, url: string | undefined): string {
  const due = dueAt === null ? [] : [`It is due ${new Date(dueAt).toISOString()}.`];
  const where = url === undefined ? [] : [`Decide it at ${url}`];
  return [`This waits for a decision: ${title}`, ...due, ...where].join("\n\n");
}
