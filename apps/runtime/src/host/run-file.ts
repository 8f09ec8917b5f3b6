/**
 * A run in the hands of this process: what it is, the engine's state, and what is not committed yet.
 *
 * Invariant: the state only ever changes by `apply`, and whatever changed it is in the draft, as a step row or, with
 * `draft.snapshot`, as the state itself.
 */
import type { ChildrenSpec, Json, JsonObject, StepError } from "@holdfast/dsl";
import { evolve, type RunEvent, type RunState } from "@holdfast/engine";
import type { CallRecord } from "@holdfast/nodes/executors";
import { uuid7 } from "../ids/uuid7.ts";
import { jsonText, UnstorableValueError } from "../writer/json-text.ts";
import type { HostContext } from "./context.ts";
import { Draft } from "./draft.ts";
import { FactsCache } from "./facts-cache.ts";
import { KnownCalls } from "./known-calls.ts";
import { LIMITS } from "./limits.ts";
import { stepRow } from "./rows.ts";
import type { RunIdentity } from "./run-identity.ts";

/** What a step gave, on its way into a row. */
export interface StepResult {
  readonly node: string;
  readonly call: string;
  readonly attempt: number;
  readonly startedAt: number;
  /** Resolved params, where they differ from the document. */
  readonly input?: JsonObject | undefined;
  readonly meta?: JsonObject | undefined;
  /** Of the value; absent: what a step's output may have. */
  readonly maxBytes?: number;
}

/** The record of a sub-step, made by whoever commits it together with what it did. */
export interface SealedCall {
  readonly seq: number;
  /** JSON texts. */
  readonly row: string;
  readonly payload: { readonly id: string; readonly text: string } | undefined;
}

export class RunFile {
  readonly identity: RunIdentity;
  readonly context: HostContext;
  readonly facts = new FactsCache();
  /** Children that a node is having, by node; made again by the node's behavior when it is not here. */
  readonly children = new Map<string, ChildrenSpec>();
  /** Sub-steps of steps that are not over. Most runs have none. */
  calls: KnownCalls | undefined;
  /** Open wait by node. */
  readonly waits = new Map<string, string>();
  /** Sends that were announced before this process had the run: `node call attempt`. */
  readonly dangling: ReadonlySet<string>;
  draft = new Draft();
  state: RunState;
  seq: number;
  /** Time of the last event: the next is not older. */
  lastAt: number;
  /** Of all outputs so far, about. */
  outputBytes: number;
  /** There may be a timer row of this run. */
  hasTimer: boolean;
  /** Writes of the run that somebody else's transaction is; the holder carries them out, one at a time. */
  readonly ownWrites = new Set<() => Promise<void>>();
  /** A place in the history that was promised to one of them and not used. */
  #freeSeq: number | undefined;

  constructor(
    identity: RunIdentity,
    context: HostContext,
    from: {
      state: RunState;
      seq: number;
      lastAt: number;
      dangling: ReadonlySet<string>;
      hasTimer: boolean;
      outputBytes: number;
      calls?: KnownCalls | undefined;
    },
  ) {
    this.identity = identity;
    this.context = context;
    this.state = from.state;
    this.seq = from.seq;
    this.lastAt = from.lastAt;
    this.dangling = from.dangling;
    this.hasTimer = from.hasTimer;
    this.outputBytes = from.outputBytes;
    this.calls = from.calls;
  }

  get id(): string {
    return this.identity.id;
  }

  /** Time for the next event. */
  now(): number {
    this.lastAt = Math.max(this.context.clock.now(), this.lastAt);
    return this.lastAt;
  }

  /** Folds an event. False: it was late or said twice, and nothing of it may be written. */
  apply(event: RunEvent): boolean {
    const before = this.state;
    this.state = evolve(this.identity.plan, before, event);
    return this.state !== before;
  }

  /** Folds an event that no row tells. */
  note(event: RunEvent): boolean {
    const changed = this.apply(event);
    if (changed) this.draft.snapshot = true;
    return changed;
  }

  /** A step completed: event, row, and the value for those who read it. */
  complete(result: StepResult, port: string, value: Json | undefined, event: RunEvent): boolean {
    const output = value ?? null;
    // Serialized first: a value that can't be stored must not be folded.
    const text = this.#outputText(output, result.maxBytes);
    if (!this.apply(event)) return false;
    const hasOutput = event.type === "step.completed" && event.hasOutput === true;
    this.draft.add(
      "steps",
      stepRow({
        ...this.#row(result, event.at),
        status: "completed",
        port,
        output: text,
        hasOutput,
        meta: result.meta,
      }),
    );
    if (result.call !== "undo") {
      this.facts.put(result.node, { port, output, offline: result.meta?.["offline"] === true });
      this.calls?.forget(result.node);
    }
    return true;
  }

  /**
   * A part of a step has ended, a sub-step or a wait: that moves nothing, it is only kept.
   * @throws UnstorableValueError
   */
  keepCall(result: StepResult, record: CallRecord): void {
    const { node, call, attempt } = result;
    const at = this.now();
    const calls = (this.calls ??= new KnownCalls());
    if (record.status === "failed") {
      const { error } = record;
      calls.put(node, call, { status: "failed", attempt, error });
      const seq = this.#freeSeq;
      this.#freeSeq = undefined;
      const row = this.#row(result, at, seq);
      this.draft.add("steps", stepRow({ ...row, status: "failed", error }));
      return;
    }
    const { value } = record;
    const output = value === undefined ? undefined : this.#outputText(value, result.maxBytes);
    calls.put(node, call, { status: "completed", value });
    const hasOutput = value !== undefined;
    this.draft.add("steps", stepRow({ ...this.#row(result, at), status: "completed", output, hasOutput }));
  }

  /**
   * What is to be recorded of a sub-step by the very transaction that does it; what comes of that is told by
   * `keptElsewhere` or `unseal`. Only while the draft is empty: its place in the history is the next.
   * @throws UnstorableValueError
   */
  sealCall(result: StepResult, value: Json): SealedCall {
    const text = this.#counted(value, result.maxBytes);
    const { seq, startedAt, at } = this.#row(result, this.now());
    const payload = text.length < LIMITS.inlineValue ? undefined : { id: uuid7(), text };
    const output = payload === undefined ? text : `{"$payload":"${payload.id}"}`;
    return { seq, payload, row: `{"q":${seq},"b":${startedAt},"e":${at},"h":true,"o":${output}}` };
  }

  /** A sub-step is recorded. */
  keptElsewhere(node: string, call: string, value: Json | undefined): void {
    (this.calls ??= new KnownCalls()).put(node, call, { status: "completed", value });
  }

  /** What was sealed was not committed. */
  unseal({ seq }: SealedCall): void {
    if (this.seq === seq) this.seq -= 1;
    else this.#freeSeq = seq;
  }

  /** An attempt failed. */
  fail(result: StepResult, error: StepError, jitter: number, event: RunEvent): boolean {
    if (!this.apply(event)) return false;
    this.draft.add(
      "steps",
      stepRow({ ...this.#row(result, event.at), status: "failed", error, jitter, meta: result.meta }),
    );
    if (result.call !== "undo") this.facts.putError(result.node, error, result.attempt);
    return true;
  }

  /** JSON text of a value for a row; large ones go to the side table. @throws UnstorableValueError */
  valueText(value: Json, maxBytes: number = LIMITS.output): string {
    return this.#inPlace(jsonText(value, maxBytes));
  }

  #inPlace(text: string): string {
    if (text.length < LIMITS.inlineValue) return text;
    const id = uuid7();
    this.draft.add("payloads", `{"id":"${id}","r":"${this.id}","v":${text}}`);
    return `{"$payload":"${id}"}`;
  }

  /** @throws UnstorableValueError */
  #outputText(output: Json, maxBytes: number | undefined): string {
    return this.#inPlace(this.#counted(output, maxBytes));
  }

  /** @throws UnstorableValueError */
  #counted(output: Json, maxBytes: number = LIMITS.output): string {
    const text = jsonText(output, maxBytes);
    const bytes = this.outputBytes + text.length;
    if (bytes > LIMITS.outputsOfRun) {
      const message = `with it the outputs of the run are over their limit of ${LIMITS.outputsOfRun} bytes`;
      throw new UnstorableValueError("outputs_too_large", message);
    }
    this.outputBytes = bytes;
    return text;
  }

  /** `seq`: its place in the history, if that is not the next. */
  #row(result: StepResult, at: number, seq = ++this.seq) {
    return {
      run: this.id,
      node: result.node,
      call: result.call,
      attempt: result.attempt,
      seq,
      startedAt: result.startedAt,
      at,
      input: this.#inputText(result.input),
    };
  }

  #inputText(input: JsonObject | undefined): string | undefined {
    if (input === undefined) return undefined;
    try {
      return this.valueText(input);
    } catch (error) {
      if (!(error instanceof UnstorableValueError)) throw error;
      return JSON.stringify({ $unstorable: error.code });
    }
  }
}
