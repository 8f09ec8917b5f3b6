/**
 * One attempt of an action: its context, its time limit, its abort.
 */
import type { Effect, Outcome, StepError } from "@holdfast/dsl";
import { wordsOf, type HostedContext, type LiveText, type Models } from "@holdfast/nodes";
import { Passage } from "@holdfast/nodes/executors";
import { readFileOfRun } from "../read/task-files.ts";
import { CredentialDoor } from "../credentials/credential-door.ts";
import type { Prepared } from "./prepared.ts";
import { withTimes } from "./commands/execute.ts";
import { otherNodes } from "./other-nodes.ts";
import { keyOf } from "./scope.ts";
import { RunCalls } from "./run-calls.ts";
import { outsideOfAttempts, whileAttempted } from "./stray-failures.ts";
import { failpoint } from "./failpoint.ts";
import type { Logger } from "../log/logger.ts";
import { modelsOf } from "../models/models-of.ts";
import type { RunFile } from "./run-file.ts";

/** How an attempt ended. */
export interface Attempted {
  readonly prepared: Prepared;
  readonly startedAt: number;
  readonly outcome: Outcome;
}

/** What stopping an attempt is for. */
export type AbortReason = "canceled" | "timeout";

const CANCEL_GRACE_MS = 10_000;

export class Attempt {
  readonly prepared: Prepared;
  readonly #run: RunFile;
  readonly #write: () => void;
  readonly #epoch: number;
  readonly #abort = new AbortController();
  #giveUp: (() => void) | undefined;
  #reason: AbortReason | undefined;
  /** Of a durable node type. */
  #passage: Passage | undefined;

  /** `write`: asks the run's holder to commit what the draft holds. `epoch`: of its hold on the run. */
  constructor(run: RunFile, prepared: Prepared, write: () => void, epoch: number) {
    this.#run = run;
    this.#epoch = epoch;
    this.#write = write;
    this.prepared = prepared;
  }

  /** Runs it to its end. Never rejects. */
  start(): Promise<Attempted> {
    const { prepared } = this;
    const startedAt = this.#run.now();
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.stop("timeout"), prepared.timeout);
      let over = false;
      const end = (outcome: Outcome): void => {
        if (over) return;
        over = true;
        clearTimeout(timer);
        this.#passage?.giveUp();
        failpoint("effect.answered", prepared.runnable.type);
        resolve({ prepared, startedAt, outcome });
      };
      this.#giveUp = () => end(this.#givenUp());
      failpoint("effect.before", prepared.runnable.type);
      void this.#execute().then(end);
    });
  }

  /** Asks it to stop. An attempt that does not listen is given up after a while; a time-out strikes at once. */
  stop(reason: AbortReason): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#abort.abort(new DOMException(reason, reason === "timeout" ? "TimeoutError" : "AbortError"));
    // A moment for the executor to say by itself what became of the effect.
    setTimeout(() => this.#giveUp?.(), reason === "timeout" ? 100 : CANCEL_GRACE_MS).unref();
  }

  async #execute(): Promise<Outcome> {
    const { prepared } = this;
    const { context, identity } = this.#run;
    const { action, credential } = prepared.runnable;
    if (action === undefined) throw new Error(`node type ${prepared.runnable.type} is not installed`);
    const use = { workspace: identity.workspace, flow: identity.flow.id };
    const door = new CredentialDoor(context.fetch, () =>
      context.credential(credential, prepared.runnable.manifest, use),
    );
    const passage = (this.#passage = this.#openPassage(door));
    // Most attempts log nothing, and a child logger is not for free.
    let child: Logger | undefined;
    const log = (): Logger =>
      (child ??= context.log.child({ run: identity.scope.runId, node: prepared.node, attempt: prepared.attempt }));
    try {
      // Between here and the answer lies `effect.sent`, which only the target can see.
      const given: HostedContext = {
        params: prepared.params,
        key: prepared.key,
        attempt: prepared.attempt,
        signal: this.#abort.signal,
        timeout: prepared.timeout,
        now: () => context.clock.now(),
        fetch: door.fetch,
        credential: door.credential,
        ownDatabase: context.ownDatabase,
        files: { read: (id) => readFileOfRun(context.database, identity, id) },
        log: {
          debug: (message, fields) => log().debug(fields ?? {}, message),
          info: (message, fields) => log().info(fields ?? {}, message),
          warn: (message, fields) => log().warn(fields ?? {}, message),
        },
        run: { id: identity.scope.runId, flow: identity.flow.id, version: identity.flow.version, node: prepared.node },
        ai: this.#models(door),
        progress: (part, note) =>
          outsideOfAttempts(() =>
            context.progress(this.#run.identity, prepared, {
              part,
              note: note === undefined ? undefined : door.redactText(note),
            }),
          ),
        passage,
      };
      const strayed = Promise.withResolvers<Outcome>();
      const stray = (error: unknown): void => {
        log().error({ err: error }, "a node threw where nobody waits for it");
        strayed.resolve(this.#strayed(error));
        this.#abort.abort(new DOMException("a stray failure", "AbortError"));
      };
      const work = (): Promise<Outcome> =>
        passage === undefined
          ? action.execute(given)
          : passage.run(() => action.execute({ ...given, others: otherNodes({ context, identity, given }) }));
      const answered = door.settle(await Promise.race([strayed.promise, whileAttempted(stray, work)]));
      const outcome = answered.type === "wait" ? await withTimes(this.#run, answered) : answered;
      return this.#reason === "timeout" && outcome.type === "fail" && outcome.error.kind === "error"
        ? this.#givenUp()
        : outcome;
    } catch (error) {
      log().warn({ err: error }, "a node's executor threw");
      return door.settle({ type: "fail", error: thrown(error, prepared.effect) });
    }
  }

  #models(door: CredentialDoor): Models {
    const { context, identity } = this.#run;
    const { node, attempt } = this.prepared;
    const { id, workspace, flow, scope } = identity;
    const use = { workspace, flow: flow.flowRef, run: id, ofRun: scope.runId, node, attempt, timeZone: flow.timeZone };
    return modelsOf({ books: context.books, settings: context.ai, use, live: (call) => this.#liveText(call, door) });
  }

  #liveText(call: string, door: CredentialDoor): LiveText {
    const { node, attempt } = this.prepared;
    return this.#run.context.liveText({ run: this.#run.id, node, attempt, call }, door);
  }

  #openPassage(door: CredentialDoor): Passage | undefined {
    const { prepared } = this;
    if (prepared.runnable.manifest.durable !== true) return undefined;
    const { context, identity } = this.#run;
    return new Passage({
      keyOf: (call) => keyOf(identity.scope, prepared.node, call),
      call: prepared.call,
      effect: prepared.effect,
      store: new RunCalls(this.#run, prepared, {
        write: () => outsideOfAttempts(this.#write),
        clean: (record) => door.cleanRecord(record),
        epoch: this.#epoch,
        signal: this.#abort.signal,
      }),
      signal: this.#abort.signal,
      now: () => context.clock.now(),
    });
  }

  #strayed(error: unknown): Outcome {
    const kind =
      this.#passage === undefined ? kindOf(this.prepared.effect) : kindOf(this.#passage.inDoubt ? "once" : "keyed");
    const message = `The node broke: ${wordsOf(error)}. Nobody waited for it: \`await\` every promise that \`execute\` begins, and catch what a timer throws.`;
    return { type: "fail", error: { kind, code: "node_threw", message } };
  }

  /** The attempt's time is over and nobody knows more. */
  #givenUp(): Outcome {
    const { prepared } = this;
    const passage = this.#passage;
    if (passage?.suspended !== undefined) return passage.suspended;
    const seconds = Math.round(prepared.timeout / 100) / 10;
    const message =
      this.#reason === "timeout" ? `No result within ${seconds} s.` : "The run was canceled before the attempt ended.";
    const unknown = passage === undefined ? prepared.effect === "once" : passage.inDoubt;
    const code = this.#reason === "timeout" ? "timeout" : "canceled";
    return { type: "fail", error: { kind: unknown ? "unknown" : "timeout", code, message } };
  }
}

/** An executor should answer with an outcome; what it throws is its own mistake. */
function thrown(error: unknown, effect: Effect): StepError {
  return { kind: kindOf(effect), code: "executor_threw", message: wordsOf(error) };
}

/** Of a failure after which nobody knows how far the effect came. */
const kindOf = (effect: Effect): "unknown" | "error" => (effect === "once" ? "unknown" : "error");
