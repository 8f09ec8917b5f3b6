/**
 * One run in motion: from where it stands to its next wait.
 *
 * Invariants
 * A1 An effectful attempt begins only when everything that was folded before it is committed.
 * A2 One write of the run is in flight at a time; what arrives meanwhile goes with the next. So commit order is the
 *    run's history.
 * A3 The lease is given up only in a write that found `wake_seq` as this actor last saw it. Else it looks again.
 * A4 A fenced write ends the actor: whatever it still had in hand is not committed.
 */
import { type Command, decide, type Decision, factOf } from "@holdfast/engine";
import { loadFacts, type RunFacts } from "../store/load-run.ts";
import type { WriteResult } from "../writer/run-write.ts";
import { Attempt, type Attempted } from "./attempt.ts";
import { cancelChildren, startChildren } from "./commands/children.ts";
import { leaveToOthers, TYPE_RETRY_MS } from "./commands/leave-to-others.ts";
import { undoChildren } from "./commands/undo-children.ts";
import {
  closeStep,
  endRun,
  openIncident,
  releaseRow,
  stateRow,
  timerDropRow,
  timerRow,
  wakeSleeper,
} from "./commands/close.ts";
import { execute, type Executed, type Execution } from "./commands/execute.ts";
import { foldFailure, foldOutcome } from "./commands/outcome.ts";
import { Draft } from "./draft.ts";
import { failpoint } from "./failpoint.ts";
import { foldFacts } from "./fold-facts.ts";
import type { Prepared } from "./prepared.ts";
import { LIMITS } from "./limits.ts";
import type { RunFile } from "./run-file.ts";

/** How the actor let go of its run. */
export type Departure = "ended" | "released" | "fenced" | "abandoned";

/** A pause shorter than this is sat out with the lease in hand. */
const HOLD_MS = 250;

export class RunActor {
  readonly run: RunFile;
  readonly epoch: number;
  readonly #expireWait: (wait: string, port: string) => Promise<void>;
  /** Commands that have been begun and whose result has not been folded. */
  readonly #inHand = new Set<string>();
  readonly #attempts = new Map<string, Attempt>();
  /** A step that was left to a process that has its node type, and when to look again whether one went on with it. */
  #left: { readonly command: string; readonly until: number } | undefined;
  /** Nodes whose children have been told to stop. */
  readonly #toldToStop = new Set<string>();
  /** There are children to be told to stop that the write under way only makes. */
  #tellsNext = false;
  #prepared: Prepared[] = [];
  readonly #arrived: Attempted[] = [];
  #seenWake: number;
  #knownWake: number;
  /** It was woken by somebody who does not know the counter. */
  #mustLook = false;
  #abandoned = false;
  #stir: (() => void) | undefined;

  constructor(
    run: RunFile,
    epoch: number,
    wakeSeq: number,
    /** One conditional update, after a last look for an event in time. */
    expireWait: (wait: string, port: string) => Promise<void>,
  ) {
    this.run = run;
    this.epoch = epoch;
    this.#seenWake = wakeSeq;
    this.#knownWake = wakeSeq;
    this.#expireWait = expireWait;
  }

  /** Somebody raised `wake_seq`; to what, the caller may not know. */
  wake(wakeSeq?: number): void {
    if (wakeSeq === undefined) this.#mustLook = true;
    else if (wakeSeq > this.#knownWake) this.#knownWake = wakeSeq;
    if (this.#isBehind) this.#stir?.();
  }

  /** Somebody has changed something that this actor has not seen. */
  get #isBehind(): boolean {
    return this.#mustLook || this.#knownWake > this.#seenWake;
  }

  get #draftEmpty(): boolean {
    const { empty, snapshot } = this.run.draft;
    return empty && !snapshot;
  }

  /** Graceful stop: nothing new is begun; what runs is left to whoever takes the run up. */
  abandon(): void {
    this.#abandoned = true;
    this.#stir?.();
  }

  /** Goes on until the run ends, waits, or is somebody else's. */
  async move(): Promise<Departure> {
    for (;;) {
      if (this.#abandoned && this.#attempts.size === 0 && this.run.draft.empty) return "abandoned";
      if (this.#isBehind) await this.#look();
      const decision = await this.#settle();
      const departure = await this.#commit(decision);
      if (departure !== undefined) return departure;
      await this.#ownWrites();
      if (this.run.ownWrites.size > 0) continue;
      if (this.#prepared.length > 0 || this.#arrived.length > 0 || !this.#draftEmpty || this.#isBehind) continue;
      if (this.#attempts.size > 0 || this.#abandoned) await this.#wait(this.#wakeAt(decision));
      else if (this.#wakeAt(decision) !== undefined) await this.#wait(this.#wakeAt(decision));
    }
  }

  /** Carries out whatever can be done without leaving the process, until only effects and waits are left. */
  async #settle(): Promise<Decision> {
    const { run } = this;
    if (this.#left !== undefined && this.#left.until <= run.context.clock.now()) {
      this.#inHand.delete(this.#left.command);
      this.#left = undefined;
    }
    for (;;) {
      for (const attempted of this.#arrived.splice(0)) this.#fold(attempted);
      const decision = decide(run.identity.plan, run.state, run.now());
      let changed = false;
      for (const command of decision.commands) {
        if (this.#inHand.has(command.id)) continue;
        const carried = this.#carryOut(command);
        // Nothing is waited for that is there already: a run has thousands of these a second.
        changed = typeof carried === "boolean" ? carried : await carried;
        if (changed) break;
      }
      if (!changed && this.#arrived.length === 0) return decision;
    }
  }

  /** True when the state has moved on. */
  #carryOut(command: Command): boolean | Promise<boolean> {
    const { run } = this;
    switch (command.type) {
      case "execute":
        return this.#execute({ ...command, commandId: command.id });
      case "undo":
        return this.#execute({ ...command, commandId: command.id, phase: "undo" });
      case "expire":
        return this.#expire(command.node, command.port);
      case "startChildren":
        return startChildren(run, command.node, command.from, command.to);
      case "cancelChildren":
        if (this.#tellChildren(command.node)) this.#inHand.add(command.id);
        return false;
      case "undoChildren":
        return undoChildren(run, command.node);
      case "openIncident":
        return openIncident(run, command);
      case "failStep":
        run.draft.snapshot = true;
        return foldFailure(
          run,
          { node: command.node, call: "main", attempt: command.attempt, startedAt: run.now() },
          command.error,
        );
      case "cancelStep":
        return this.#cancelStep(command.node);
      case "end":
        return endRun(run, command);
      case "timeOut":
        return run.note({ type: "run.timed_out", at: run.now() });
    }
  }

  #execute(execution: Execution): boolean | Promise<boolean> {
    if (this.#abandoned) return false;
    const executed = execute(this.run, execution);
    return executed instanceof Promise
      ? executed.then((later) => this.#executed(execution, later))
      : this.#executed(execution, executed);
  }

  #executed(execution: Execution, executed: Executed): boolean | Promise<boolean> {
    if (executed.kind === "folded") return executed.changed;
    if (executed.kind === "missing") {
      this.#left = { command: execution.commandId, until: this.run.context.clock.now() + TYPE_RETRY_MS };
      this.#inHand.add(execution.commandId);
      return leaveToOthers(this.run, execution, executed);
    }
    this.#inHand.add(execution.commandId);
    this.#prepared.push(executed.prepared);
    return false;
  }

  async #expire(node: string, port: string): Promise<boolean> {
    const fact = factOf(this.run.state, node);
    if (fact?.status === "waiting" && fact.wait === "time") {
      return wakeSleeper(this.run, node, port, this.run.identity.flow.nodes.get(node)?.type ?? "");
    }
    const wait = this.run.waits.get(node);
    if (wait !== undefined) await this.#expireWait(wait, port);
    const before = this.run.state;
    await this.#look();
    return this.run.state !== before;
  }

  /** An attempt is asked to stop, children are told to; the step is canceled when they have ended. */
  #cancelStep(node: string): boolean {
    for (const attempt of this.#attempts.values()) {
      if (attempt.prepared.node !== node) continue;
      attempt.stop("canceled");
      return false;
    }
    this.#prepared = this.#prepared.filter((prepared) => prepared.node !== node);
    const fact = factOf(this.run.state, node);
    if (fact?.status === "waiting" && fact.wait === "children" && fact.ended < fact.next) {
      if (!this.#toldToStop.has(node) && this.#tellChildren(node)) this.#toldToStop.add(node);
      return false;
    }
    return closeStep(this.run, node);
  }

  /** Children whose rows this very write makes can't be told by it: then they are with the next. */
  #tellChildren(node: string): boolean {
    this.#tellsNext = this.run.draft.of("starts") !== undefined;
    if (!this.#tellsNext) cancelChildren(this.run, node);
    return !this.#tellsNext;
  }

  #fold({ prepared, startedAt, outcome }: Attempted): void {
    const { node, call, attempt, runnable, params } = prepared;
    this.#inHand.delete(prepared.commandId);
    const input = runnable.params.static ? undefined : params;
    foldOutcome(this.run, { node, call, attempt, startedAt, input }, outcome, runnable.type);
  }

  /** Sees what others did. */
  async #look(): Promise<void> {
    this.#mustLook = false;
    const facts = await loadFacts(this.run.context.database, this.run.id);
    if (facts !== undefined) this.see(facts);
  }

  /** Folds what others did. */
  see(facts: RunFacts): void {
    const { run } = this;
    this.#seenWake = facts.wakeSeq;
    this.#knownWake = Math.max(this.#knownWake, facts.wakeSeq);
    foldFacts(run, facts);
  }

  /** Commits what there is, gives the lease up where nothing is left to do, and begins what was prepared. */
  async #commit(decision: Decision): Promise<Departure | undefined> {
    const { run } = this;
    const ended = run.state.phase === "ended";
    const wakeAt = this.#wakeAt(decision);
    const rests = !ended && this.#rests(wakeAt);
    const state = !ended && (rests || run.draft.snapshot) ? JSON.stringify(run.state) : undefined;
    const outgrown = run.state.phase === "active" && state !== undefined && state.length > LIMITS.engineState;
    if (!this.#draftEmpty || rests || ended) {
      const { draft } = run;
      run.draft = new Draft();
      if (state !== undefined) this.#keepState(draft, state, rests && !outgrown ? "release" : "hold", wakeAt);
      const departure = this.#written(draft, await this.#write(draft));
      if (departure !== undefined) return departure;
      // What it has open is committed by now: so it can be closed.
      if (outgrown && run.note({ type: "run.outgrown", at: run.now() })) return undefined;
      if (this.#tellsNext) this.#mustLook = true;
      this.#tellsNext = false;
    }
    for (const prepared of this.#prepared.splice(0)) this.#begin(prepared);
    return undefined;
  }

  /** Nothing is left to do for now. */
  #rests(wakeAt: number | undefined): boolean {
    const busy = this.#attempts.size > 0 || this.#prepared.length > 0;
    const soon = wakeAt !== undefined && wakeAt - this.run.context.clock.now() <= HOLD_MS;
    return !busy && !soon && !this.#abandoned && !this.#tellsNext;
  }

  #written(draft: Draft, result: WriteResult): Departure | undefined {
    if (result.kind === "fenced") {
      for (const action of draft.ifLost) action();
      return this.#fenced();
    }
    for (const action of draft.afterCommit) action(result);
    this.run.context.committed(this.run.identity);
    if (this.run.state.phase === "ended") return "ended";
    if (result.released) return "released";
    if (result.wakeSeq > this.#knownWake) this.#knownWake = result.wakeSeq;
    return undefined;
  }

  /** When to look again without an event. A time that has just passed is looked at in a moment, and not given away. */
  #wakeAt(decision: Decision): number | undefined {
    const until = this.#left?.until;
    if (until === undefined || decision.wakeAt === undefined) return until ?? decision.wakeAt;
    return Math.min(until, decision.wakeAt);
  }

  #keepState(draft: Draft, state: string, then: "release" | "hold", wakeAt: number | undefined): void {
    const { run } = this;
    if (then === "release") {
      const status = run.state.paused ? "paused" : "waiting";
      draft.add("runs", releaseRow(run, { status, state, seenWake: this.#seenWake }));
      if (wakeAt !== undefined) {
        draft.add("timers", timerRow(run.id, wakeAt));
        draft.then(() => run.context.timerSet(wakeAt));
        run.hasTimer = true;
      } else if (run.hasTimer) {
        draft.add("timerDrops", timerDropRow(run.id));
        run.hasTimer = false;
      }
    } else {
      draft.add("runs", stateRow(run, run.state.paused ? "paused" : "running", state));
    }
  }

  async #write(draft: Draft): Promise<WriteResult> {
    const { run } = this;
    for (const { point, type } of draft.labels) {
      if (point !== "checkpoint") failpoint(`${point}.before`, type);
      failpoint("checkpoint.before", type);
    }
    const ending = run.state.phase === "ended" ? (draft.labels.at(-1)?.type ?? "") : undefined;
    if (ending !== undefined) failpoint("completion.before", ending);
    const { rows } = draft;
    const contested = draft.of("starts") !== undefined;
    const result = await run.context.writer.submit({ runId: run.id, epoch: this.epoch, contested, rows });
    if (ending !== undefined) failpoint("completion.after", ending);
    for (const { point, type } of draft.labels) {
      // A wait is registered when its look back is about to begin: `wait.after` is passed there.
      if (point !== "checkpoint" && point !== "wait") failpoint(`${point}.after`, type);
      failpoint("checkpoint.after", type);
    }
    return result;
  }

  /** Writes of the run that are part of transactions of its nodes. What the draft got meanwhile goes first. */
  async #ownWrites(): Promise<void> {
    const { run } = this;
    for (const write of run.ownWrites) {
      if (!run.draft.empty) return;
      run.ownWrites.delete(write);
      await write();
    }
  }

  #begin(prepared: Prepared): void {
    if (this.#abandoned) return;
    const attempt = new Attempt(this.run, prepared, () => this.#stir?.(), this.epoch);
    this.#attempts.set(prepared.commandId, attempt);
    void attempt.start().then((attempted) => {
      this.#attempts.delete(prepared.commandId);
      this.#arrived.push(attempted);
      this.#stir?.();
    });
  }

  #fenced(): Departure {
    for (const attempt of this.#attempts.values()) attempt.stop("canceled");
    return "fenced";
  }

  /** Until a result arrives, somebody wakes the run, or a time has come. */
  #wait(wakeAt: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const done = (): void => {
        clearTimeout(timer);
        this.#stir = undefined;
        resolve();
      };
      this.#stir = done;
      if (wakeAt !== undefined) {
        const left = Math.max(1, wakeAt - this.run.context.clock.now());
        timer = setTimeout(done, Math.min(left, 60_000));
      }
    });
  }
}
