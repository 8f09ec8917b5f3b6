/**
 * One passage through `execute`: its sub-steps, its waits, and the flows that it runs.
 *
 * Invariants
 * P1 A name is used once in a passage; what is recorded under it is given back, and not run again.
 * P2 A result counts when it is durable: `step` resolves after its record is.
 * P3 A passage is over when its sub-steps are: none is under way when the next one begins, so none runs twice at once.
 * P4 After a wait, or a run, was asked for, nothing begins, and nothing that the node does or answers counts.
 */
import type { Effect, Json, Outcome, StepError } from "@holdfast/dsl";
import { failureOf, fatalFailure, NodeFailure, wordsOf } from "../failure.ts";
import { fail } from "../outcome.ts";
import { whyNotJson } from "../json.ts";
import type { SqlSession } from "../own-database.ts";
import type { CallRecord, CallStore } from "./call-store.ts";
import { childrenOf, type FlowRequest, type FlowResult, jsonOf } from "./flow-run.ts";
import { Suspension } from "./suspension.ts";
import { waitResult, waitSpecOf, type WaitRequest, type WaitResult } from "./wait-request.ts";

/** What a sub-step is given. */
export interface StepContext {
  /** Its own idempotency key: the same in every attempt. */
  readonly key: string;
  readonly signal: AbortSignal;
  /**
   * Runs `work` in one transaction of a session of the host's own database, together with the record of this sub-step:
   * both are there or neither, so it happens once, whatever is killed. Its value is that of the sub-step.
   */
  readonly transact: <Value extends Json>(session: SqlSession, work: () => Promise<Value>) => Promise<Value>;
}

export interface StepOptions {
  /** What it does to the world, if that is not what the node type says of itself. */
  readonly effect?: Effect;
}

/** What a sub-step may give: JSON, or nothing. */
export type StepValue = Json | undefined | void;

export interface PassageSettings {
  /** Of the node's call: that of a sub-step ends in its name instead. */
  readonly keyOf: (call: string) => string;
  /** `undo` for a compensation, whose calls are kept apart and which can't wait. */
  readonly call: string;
  readonly effect: Effect;
  readonly store: CallStore;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

/** Names that the runtime uses itself contain `~`, or are these. */
const RESERVED: ReadonlySet<string> = new Set(["main", "undo", "repair"]);
const NAME = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/;

export class Passage {
  readonly #settings: PassageSettings;
  readonly #names = new Set<string>();
  readonly #underWay = new Set<Promise<unknown>>();
  #announced = 0;
  #suspended: Outcome | undefined;
  #over = false;

  constructor(settings: PassageSettings) {
    this.#settings = settings;
  }

  /** An effect that can't be repeated is under way. */
  get inDoubt(): boolean {
    return this.#announced > 0;
  }

  /** The wait, or the run of a flow, that was asked for. */
  get suspended(): Outcome | undefined {
    return this.#suspended;
  }

  /** @throws NodeFailure */
  step<Value extends StepValue>(
    name: string,
    run: (context: StepContext) => Value | Promise<Value>,
    { effect = this.#settings.effect }: StepOptions = {},
  ): Promise<Value> {
    const step = this.#step(name, run, effect);
    this.#underWay.add(step);
    const done = (): void => void this.#underWay.delete(step);
    step.then(done, done);
    return step;
  }

  /** @throws Suspension at first; in the passage after the wait it gives the result */
  async wait(request: WaitRequest): Promise<WaitResult> {
    const { call: of, now } = this.#settings;
    const call = this.#enter(request.name ?? "wait");
    if (of === "undo") throw fatalFailure("wait_in_undo", "A compensation can't wait.");
    const record = await this.#settings.store.find(call);
    if (record !== undefined) return waitResult(replayed(record) ?? null);
    if (this.#suspended !== undefined) throw new Suspension();
    if (this.#underWay.size > 0) {
      throw fatalFailure(
        "wait_in_step",
        "A node can't wait while a sub-step is under way: await the sub-step first, and wait outside of it.",
      );
    }
    this.#suspended = { type: "wait", wait: waitSpecOf(request, now()), resumes: call };
    throw new Suspension();
  }

  /** @throws Suspension until the run has ended; in the passage after that it gives the result */
  async runFlow(name: string, request: FlowRequest): Promise<FlowResult> {
    const { call: of, now, store } = this.#settings;
    const startedAt = now();
    const call = this.#enter(name);
    if (of === "undo") throw fatalFailure("run_in_undo", "A compensation can't run a flow.");
    const wrong = whyNotJson(request.input);
    if (wrong !== undefined) {
      const place = wrong.pointer === "" ? "it" : wrong.pointer;
      throw fatalFailure(
        "run_not_json",
        `What “${name}” gives to the flow “${request.flow}” is not plain JSON: ${place} ${wrong.message}.`,
      );
    }
    const record = await store.find(call);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what was kept is what the lines below kept
    if (record !== undefined) return replayed(record) as FlowResult;
    const run = await store.runOf(call, request);
    if (this.#suspended !== undefined) throw new Suspension();
    if ("result" in run) {
      await store.keep(call, { status: "completed", value: jsonOf(run.result) }, startedAt);
      return run.result;
    }
    if (this.#underWay.size > 0) {
      throw fatalFailure(
        "run_in_step",
        "A node can't run a flow while a sub-step is under way: await the sub-step first, and run it outside of it.",
      );
    }
    this.#suspended = { type: "children", children: childrenOf(request, run.index), resumes: call };
    throw new Suspension();
  }

  /**
   * Runs the node to the end of the passage. Rejects with what it throws. A sub-step that it has not waited for and that
   * fails is its failure all the same: nobody else would hear of it.
   */
  async run(execute: () => Promise<Outcome>): Promise<Outcome> {
    let outcome: Outcome | undefined;
    let thrown: unknown;
    try {
      outcome = await execute();
    } catch (error) {
      thrown = error;
    }
    let unheard: StepError | undefined;
    while (this.#underWay.size > 0) {
      for (const left of await Promise.allSettled(this.#underWay)) {
        if (left.status === "rejected") unheard ??= failureOf(left.reason);
      }
    }
    this.#over = true;
    const result = this.#suspended ?? (outcome && unheard && outcome.type === "output" ? fail(unheard) : outcome);
    if (result === undefined) throw thrown;
    return result;
  }

  /** Nobody waits for it any more: what it still does is not recorded. */
  giveUp(): void {
    this.#over = true;
  }

  async #step<Value extends StepValue>(
    name: string,
    run: (context: StepContext) => Value | Promise<Value>,
    effect: Effect,
  ): Promise<Value> {
    const { store, signal, now, keyOf } = this.#settings;
    const call = this.#enter(name);
    const record = await store.find(call);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what was kept is what the same function gave
    if (record !== undefined) return replayed(record) as Value;
    this.#mayGoOn();
    const key = keyOf(call);
    const startedAt = now();
    const once = effect === "once";
    if (once) {
      if ((await store.announce(call, key)) === "inDoubt") {
        await store.keep(call, { status: "failed", error: IN_DOUBT }, startedAt);
        throw new NodeFailure(IN_DOUBT);
      }
      this.#mayGoOn();
      this.#announced += 1;
    }
    let value: Value;
    let kept = false;
    const transact: StepContext["transact"] = async (session, work) => {
      if (store.transact === undefined) throw new TypeError("Nothing is kept in a database here");
      const done = await store.transact(call, { session, work, startedAt });
      kept = true;
      return done;
    };
    try {
      value = await run({ key, signal, transact });
      const wrong = value === undefined ? undefined : whyNotJson(value);
      if (wrong !== undefined) {
        const place = wrong.pointer === "" ? "it" : wrong.pointer;
        throw fatalFailure(
          "step_not_json",
          `What “${name}” gives can't be kept, because it is not plain JSON: ${place} ${wrong.message}.`,
        );
      }
    } catch (error) {
      // What is given up is in doubt for whoever gave it up: it stays announced.
      if (error instanceof Suspension || this.#over) throw error;
      const failed = failureOf(error) ?? brokenStep(name, error, once);
      await store.keep(call, { status: "failed", error: failed }, startedAt);
      if (once) this.#announced -= 1;
      throw new NodeFailure(failed, { cause: error });
    }
    if (this.#over) throw new DOMException("The attempt is over.", "AbortError");
    if (!kept) await store.keep(call, { status: "completed", value: value ?? undefined }, startedAt);
    if (once) this.#announced -= 1;
    return value;
  }

  /** The call of a name, which is used up by that. */
  #enter(name: string): string {
    if (this.#suspended !== undefined) throw new Suspension();
    if (!NAME.test(name) || RESERVED.has(name)) {
      throw fatalFailure(
        "step_name_invalid",
        `“${name}” can't be the name of a sub-step. A name has up to 100 letters a-z, digits and . _ / -, such as order-17.`,
      );
    }
    if (this.#names.has(name)) {
      throw fatalFailure(
        "duplicate_step",
        `The name “${name}” is used twice in one passage through the node. Give each its own; in a loop, add the item's id.`,
      );
    }
    this.#names.add(name);
    return this.#settings.call === "undo" ? `undo~${name}` : name;
  }

  #mayGoOn(): void {
    this.#settings.signal.throwIfAborted();
    if (this.#over) throw new DOMException("The attempt is over.", "AbortError");
  }
}

function replayed(record: CallRecord): Json | undefined {
  if (record.status === "failed") throw new NodeFailure(record.error);
  return record.value;
}

const IN_DOUBT: StepError = {
  kind: "unknown",
  code: "interrupted",
  message: "Holdfast was stopped between sending and the answer. Whether it arrived is not known.",
};

/** A sub-step that throws anything else is taken for the worst that its effect allows. */
function brokenStep(name: string, error: unknown, once: boolean): StepError {
  const message = `The sub-step “${name}” broke: ${wordsOf(error)}`;
  return { kind: once ? "unknown" : "error", code: "step_threw", message };
}
