/** The way out of mails: by the installation's own mail server, like the mails of flows. */
import { memoryModels, type ActionNode } from "@holdfast/nodes";
import type { Credential, GuardedFetch } from "@holdfast/nodes/executors";
import type { Logger } from "../log/logger.ts";
import { hasSender } from "./sender.ts";

export interface NoticeMail {
  /** The same mail again has the same: mailboxes know it by that. */
  readonly key: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/**
 * - `sent`: the server has taken it.
 * - `later`: it certainly did not go out, and may another time.
 * - `lost`: it did not, and won't; or nobody can know.
 */
export type Posted = "sent" | "later" | "lost";

export type Post = (mail: NoticeMail) => Promise<Posted>;

export interface PostOptions {
  /** `email.send`. */
  readonly node: ActionNode;
  readonly credential: Credential;
  /** Mail servers are reached like everything else: inside only where the operator allows it. */
  readonly door: GuardedFetch;
  readonly logger: Logger;
}

/** Milliseconds. */
const PATIENCE_MS = 30_000;

export function poster({ node, credential, door, logger }: PostOptions): Post {
  return async ({ key, to, subject, text }) => {
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
      ai: memoryModels(),
    });
    if (outcome.type !== "fail") return "sent";
    const { kind, code, message } = outcome.error;
    logger.warn({ code, mail: key }, `a notice was not mailed: ${message}`);
    return kind === "error" ? "later" : "lost";
  };
}
