/**
 * A run with a virtual clock: the real engine and the real control nodes, with given answers for everything else.
 *
 * Nothing happens by itself. A run goes as far as it can whenever it is told something; then it waits for an answer,
 * an event, a decision, or for its clock to be moved.
 *
 * @example
 * ```ts
 * const simulation = new Simulation({ flow, manifests, controls, now: 0, answers: { ask: { output: { ok: true } } } });
 * simulation.advance(7 * 86_400_000);
 * simulation.status; // "completed"
 * ```
 */
import type { Answer, InboxSpec, Json, JsonObject, NodeSpec, Outcome, StepError, WaitOutcome } from "@holdfast/dsl";
import { derive } from "../derive.ts";
import type { Derived } from "../derive.ts";
import { factOf } from "../state.ts";
import type { IncidentState, NodeState, RunState } from "../state.ts";
import type { RunStatus } from "../status.ts";
import { decideTask, sendEvent } from "./deliver.ts";
import type { Decided, NewEvent } from "./deliver.ts";
import { incidentsOf } from "./incidents.ts";
import { answered, asksFor, perform, undoKey } from "./perform.ts";
import type { OpenQuestion } from "./perform.ts";
import { complete } from "./results.ts";
import type { SimulationSetup } from "./setup.ts";
import type { SimRun } from "./sim-run.ts";
import { SimulationError, required } from "./simulation-error.ts";
import { startRun } from "./start.ts";
import type { TraceEntry } from "./trace.ts";
import { World } from "./world.ts";

/** Ten thousand items of a loop take a tenth of it. */
const MOST_COMMANDS = 1_000_000;

/** A wait for an event; with an inbox it is a task. */
export interface OpenWait {
  readonly run: string;
  readonly node: string;
  readonly outcomes: readonly WaitOutcome[];
  readonly deadline?: number;
  readonly inbox?: InboxSpec;
}

/** A step that waits for an event or a time. */
export interface Pause {
  readonly run: string;
  readonly node: string;
  readonly wait: "event" | "time";
  readonly since: number;
  /** When it ends by itself, and by which port. */
  readonly deadline?: { readonly at: number; readonly port: string };
}

export interface OpenIncident {
  readonly run: string;
  readonly node: string;
  readonly incident: IncidentState["incident"];
  readonly error: StepError;
}

export class Simulation {
  readonly #world: World;
  readonly #root: SimRun;

  /** @throws EngineError if the flow can't be walked; ExpressionError if the trigger's mapping fails */
  constructor(setup: SimulationSetup) {
    this.#world = new World(setup);
    this.#root = startRun(this.#world);
    this.#settle();
  }

  /** Milliseconds since the epoch. */
  get now(): number {
    return this.#world.now;
  }

  /** `running` while an action waits for its answer. */
  get status(): RunStatus {
    return this.#root.status(this.#world.now);
  }

  /** Of the run, once it has completed. */
  get output(): Json {
    return this.#root.output;
  }

  /** Why it failed. */
  get error(): StepError | undefined {
    return this.#root.error;
  }

  get trace(): readonly TraceEntry[] {
    return this.#world.trace;
  }

  /** Nodes of which an attempt began, in any run. */
  get reached(): ReadonlySet<string> {
    return new Set(
      this.#world.trace.flatMap(({ type, node }) => (type === "step.began" && node !== undefined ? [node] : [])),
    );
  }

  /** Ids of all runs: `run`, and children such as `run/each.0`. */
  get runs(): readonly string[] {
    return this.#world.runs.map(({ id }) => id);
  }

  /** What the engine remembers of a run: since when it waits, how often it has tried. */
  stateOf(run = "run"): RunState {
    return this.#find(run).state;
  }

  /** What every node and edge of a run shows. */
  view(run = "run"): Derived {
    const found = this.#find(run);
    return derive(found.plan, found.state);
  }

  /** What a node gave. Undefined: nothing, or nothing yet. */
  outputOf(node: string, run = "run"): Json | undefined {
    return this.#find(run).outputs.get(node);
  }

  /** Actions that need an answer before their run goes on. */
  get questions(): readonly OpenQuestion[] {
    return this.#open().flatMap((run) =>
      run
        .decision(this.#world.now)
        .commands.flatMap((command): OpenQuestion[] =>
          command.type === "execute" ? asksFor(this.#world, run, command) : [],
        ),
    );
  }

  /** The node of a question, as its flow has it. */
  nodeOf({ run, node }: Pick<OpenQuestion, "run" | "node">): NodeSpec {
    return required(this.#find(run).flow.specs.get(node), `There is no node “${node}”`);
  }

  get waits(): readonly OpenWait[] {
    return this.#open().flatMap((run) =>
      [...run.waits].map(([node, { outcomes, deadline, inbox }]) => ({
        run: run.id,
        node,
        outcomes,
        ...(deadline !== undefined && { deadline: deadline.at }),
        ...(inbox !== undefined && { inbox }),
      })),
    );
  }

  /** Every wait for an event or a time, oldest first. */
  get pauses(): readonly Pause[] {
    return this.#open()
      .flatMap((run) => Object.entries(run.state.nodes).flatMap(([node, fact]) => pauseOf(run.id, node, fact)))
      .toSorted((a, b) => a.since - b.since);
  }

  get incidents(): readonly OpenIncident[] {
    return this.#open().flatMap(incidentsOf);
  }

  /** When something happens by itself next. Undefined: never. */
  get nextTimer(): number | undefined {
    const times = this.#open().flatMap((run) => run.decision(this.#world.now).wakeAt ?? []);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Answers a node from now on, in every run. */
  answer(node: string, answer: Answer | readonly Answer[]): void {
    this.#world.answers.give(node, answer);
    this.#stirAll();
  }

  /**
   * What became of a question's attempt: for a host that really executes its actions.
   * @throws SimulationError `nothing_open`
   */
  perform({ run: id, node, attempt }: OpenQuestion, outcome: Outcome): void {
    const run = this.#find(id);
    const command = run
      .decision(this.#world.now)
      .commands.find(
        (outstanding) => outstanding.type === "execute" && outstanding.node === node && outstanding.attempt === attempt,
      );
    if (command?.type !== "execute") throw new SimulationError("nothing_open", `“${node}” is not due`);
    answered(this.#world, run, command, outcome);
    this.#settle();
  }

  /** Makes the next attempt of a node fail, or that of its compensation. */
  failNext(node: string, error: StepError, of: "step" | "undo" = "step"): void {
    this.#world.answers.force(of === "undo" ? undoKey(node) : node, error);
    this.#stirAll();
  }

  /** An event from outside. Gives its id. */
  send(event: NewEvent): string {
    const { id } = sendEvent(this.#world, event);
    this.#settle();
    return id;
  }

  /**
   * A person decides a task; without `run` the first open one of that node.
   * @throws SimulationError `nothing_open`, `decision_invalid`, `not_allowed`
   */
  decide(decided: Decided & { readonly run?: string }): void {
    const run = this.#waitingRun(decided.node, decided.run);
    const wait = run?.waits.get(decided.node);
    if (run === undefined || wait?.inbox === undefined) {
      throw new SimulationError("nothing_open", `“${decided.node}” has no open task`);
    }
    decideTask(this.#world, run, { wait, inbox: wait.inbox }, decided);
    this.#settle();
  }

  /**
   * Ends a wait by hand.
   * @throws SimulationError `nothing_open`
   */
  skipWait(node: string, port: string, run = "run"): void {
    const found = this.#find(run);
    const fact = factOf(found.state, node);
    if (fact?.status !== "waiting" || (fact.wait !== "event" && fact.wait !== "time")) {
      throw new SimulationError("nothing_open", `“${node}” does not wait`);
    }
    complete(this.#world, found, { node, attempt: fact.attempt, port, value: { outcome: port } });
    this.#settle();
  }

  /** @throws SimulationError `nothing_open` */
  resolveIncident(
    node: string,
    action: "retry" | "complete" | "fail",
    { output, port, run = "run" }: { output?: JsonObject; port?: string; run?: string } = {},
  ): void {
    const found = this.#find(run);
    if (!incidentsOf(found).some((incident) => incident.node === node)) {
      throw new SimulationError("nothing_open", `“${node}” has no open incident`);
    }
    if (output !== undefined) found.outputs.set(node, output);
    this.#world.tell(found, {
      type: "incident.resolved",
      node,
      action,
      ...(port !== undefined && { port }),
      ...(output !== undefined && { hasOutput: true }),
    });
    this.#settle();
  }

  /** @throws SimulationError `nothing_open` if the run is over */
  cancel(mode: "cancel" | "terminate" = "cancel"): void {
    required(this.#root.state.end === undefined ? this : undefined, `the run is ${this.status} already`);
    this.#world.tell(this.#root, { type: "run.canceled", mode });
    this.#settle();
  }

  pause(): void {
    this.#world.tell(this.#root, { type: "run.paused" });
    this.#settle();
  }

  resume(): void {
    this.#world.tell(this.#root, { type: "run.resumed" });
    this.#settle();
  }

  /** Takes a failed run up again. */
  retry(): void {
    this.#world.tell(this.#root, { type: "run.retried" });
    this.#settle();
  }

  /** Moves the clock, milliseconds; everything that falls due on the way happens at its time. */
  advance(duration: number): void {
    this.advanceTo(this.now + duration);
  }

  /** @throws SimulationError `time_backwards` */
  advanceTo(time: number): void {
    if (time < this.now) throw new SimulationError("time_backwards", "A simulation's clock only moves forward");
    this.rest();
    for (let next = this.nextTimer; next !== undefined && next <= time; next = this.nextTimer) {
      this.#setClock(next);
      if (next < time) this.rest();
      else return;
    }
    this.#setClock(time);
  }

  /** Moves the clock to the next time at which something happens. False: nothing ever will. */
  skipToNextTimer(): boolean {
    const next = this.nextTimer;
    if (next !== undefined) this.advanceTo(next);
    return next !== undefined;
  }

  /** Does the next thing that is due. False: there is none until it is told something or its clock is moved. */
  step(): boolean {
    const { stirred } = this.#world;
    for (const run of stirred) {
      if (this.#performOne(run)) {
        stirred.add(run);
        return true;
      }
      stirred.delete(run);
    }
    return false;
  }

  /** Everything goes as far as it can; without `stepwise` it always has. */
  rest(): void {
    const most = this.#world.setup.mostCommands ?? MOST_COMMANDS;
    for (let performed = 0; this.step();) {
      if (++performed > most) throw new SimulationError("endless", "The flow never comes to rest");
    }
  }

  #setClock(time: number): void {
    this.#world.now = time;
    this.#stirAll();
  }

  #stirAll(): void {
    for (const run of this.#open()) this.#world.stirred.add(run);
    this.#settle();
  }

  #settle(): void {
    if (this.#world.setup.stepwise !== true) this.rest();
  }

  #performOne(run: SimRun): boolean {
    return run.decision(this.#world.now).commands.some((command) => perform(this.#world, run, command));
  }

  #open(): SimRun[] {
    return this.#world.runs.filter((run) => !run.isOver);
  }

  #waitingRun(node: string, id: string | undefined): SimRun | undefined {
    return this.#open().find((run) => run.waits.has(node) && (id === undefined || run.id === id));
  }

  #find(id: string): SimRun {
    return required(
      this.#world.runs.find((run) => run.id === id),
      `There is no run “${id}”`,
    );
  }
}

function pauseOf(run: string, node: string, fact: NodeState): Pause[] {
  if (fact.status !== "waiting" || (fact.wait !== "event" && fact.wait !== "time")) return [];
  const { wait, since, deadline } = fact;
  return [{ run, node, wait, since, ...(deadline !== undefined && { deadline }) }];
}
