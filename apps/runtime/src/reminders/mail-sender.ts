/** Sends the installation's own mails, by the same way as a flow's. */
import type { ActionNode } from "@holdfast/nodes";
import type { Credential, GuardedFetch } from "@holdfast/nodes/executors";
import { uuid7 } from "../ids/uuid7.ts";
import type { Logger } from "../log/logger.ts";
import type { Mail } from "../session/request-reset.ts";
import { hasSender } from "./remind-by-mail.ts";

/** Milliseconds. */
const PATIENCE_MS = 30_000;

export interface MailSenderOptions {
  /** `email.send`. */
  readonly node: ActionNode;
  readonly credential: Credential;
  /** Mail servers are reached like everything else: inside only where the operator allows it. */
  readonly door: GuardedFetch;
  readonly logger: Logger;
}

/** What it returns throws when the mail server takes the mail not. */
export function mailSender({ node, credential, door, logger }: MailSenderOptions): (mail: Mail) => Promise<void> {
  return async ({ to, subject, text }) => {
    const key = uuid7();
    const outcome = await node.execute({
      params: { to: [to], ...(hasSender(credential) ? {} : { from: "Holdfast <holdfast@localhost>" }), subject, text },
      key,
      attempt: 1,
      signal: AbortSignal.timeout(PATIENCE_MS),
      now: Date.now,
      fetch: door,
      credential: () => Promise.resolve(credential),
      log: logger,
      run: { id: key, flow: "", version: 0, node: "" },
      ai: {},
    });
    if (outcome.type === "fail") throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  };
}
