/** One run, or child run, of a simulation, with everything a store would keep of it. */
import type { ChildResult, ChildrenSpec, Json, Roots, StepError, WaitSpec } from "@holdfast/dsl";
import { decide } from "../decide.ts";
import type { Decision } from "../command.ts";
import { factOf, initialState } from "../state.ts";
import type { RunState } from "../state.ts";
import { statusOf } from "../status.ts";
import type { RunStatus } from "../status.ts";
import type { Plan } from "../plan.ts";
import type { LoadedFlow } from "./library.ts";
import { required } from "./simulation-error.ts";

/** Where a child run comes from. */
export interface Parent {
  readonly run: SimRun;
  readonly node: string;
  readonly index: number;
}

export interface SimRunInit {
  readonly id: string;
  readonly flow: LoadedFlow;
  readonly plan: Plan;
  readonly at: number;
  /** `input`, `trigger`; for a body also what its loop may read, and `item`, `index`, `last`. */
  readonly roots: Roots;
  readonly parent?: Parent;
}

/** Children of one node over all its specs, and the last spec. */
export interface Brood {
  readonly runs: readonly SimRun[];
  readonly spec: ChildrenSpec;
}

/** A wait for an event, with the attempt that opened it. */
export type EventWait = Extract<WaitSpec, { kind: "event" }> & { readonly attempt: number };

export class SimRun {
  readonly id: string;
  readonly flow: LoadedFlow;
  readonly plan: Plan;
  readonly roots: Roots;
  readonly parent: Parent | undefined;
  /** Its number among the children of its node. */
  readonly index: number;
  state: RunState;
  /** Of completed steps. */
  readonly outputs = new Map<string, Json>();
  /** What waits and runs in the middle of a step gave, by node and by what the step calls them. */
  readonly waited = new Map<string, { readonly [call: string]: Json }>();
  /** Open waits for events. */
  readonly waits = new Map<string, EventWait>();
  readonly broods = new Map<string, Brood>();
  /** Completed children that are being undone, by loop node; the last to complete first. */
  readonly undoing = new Map<string, SimRun[]>();
  output: Json = null;
  error: StepError | undefined;
  /** Its place among the children of its node in the order in which they ended. */
  endedAs = 0;

  constructor(init: SimRunInit) {
    this.id = init.id;
    this.flow = init.flow;
    this.plan = init.plan;
    this.roots = init.roots;
    this.parent = init.parent;
    this.index = init.parent?.index ?? 0;
    this.state = initialState(init.at);
  }

  /** The run that everything began with. */
  get root(): SimRun {
    return this.parent === undefined ? this : this.parent.run.root;
  }

  get isOver(): boolean {
    return this.state.phase === "ended";
  }

  decision(now: number): Decision {
    return decide(this.plan, this.state, now);
  }

  status(now: number): RunStatus {
    return statusOf(this.state, this.decision(now));
  }

  /** Children of a node that are not over. */
  openChildren(node: string): SimRun[] {
    return this.children(node).filter((child) => !child.isOver);
  }

  children(node: string): readonly SimRun[] {
    return this.broods.get(node)?.runs ?? [];
  }

  /** @throws SimulationError `nothing_open` */
  broodOf(node: string): Brood {
    return required(this.broods.get(node), `“${node}” has no children`);
  }

  /** What `resume` is told: how the children of the last spec ended. */
  results(node: string): ChildResult[] {
    const { runs, spec } = this.broodOf(node);
    return runs.filter(({ index }) => index >= spec.firstIndex).map((child) => child.result());
  }

  /** The port that each completed step has left by. */
  ports(): { readonly [node: string]: Json } {
    return Object.fromEntries(
      this.plan.order.flatMap(({ id }): [string, Json][] => {
        const fact = factOf(this.state, id);
        return fact?.status === "completed" ? [[id, fact.port]] : [];
      }),
    );
  }

  /** Errors of steps that left by their `error` port. */
  errors(): { readonly [node: string]: Json } {
    return Object.fromEntries(
      this.plan.order.flatMap(({ id }): [string, Json][] => {
        const fact = factOf(this.state, id);
        if (fact?.status !== "failed") return [];
        const { kind, code, message } = fact.error;
        return [[id, { kind, code, message, attempts: fact.attempt }]];
      }),
    );
  }

  private result(): ChildResult {
    const { index } = this;
    if (this.state.end?.status === "completed") return { index, status: "completed", output: this.output };
    return {
      index,
      status: this.state.end?.status === "failed" ? "failed" : "canceled",
      error: this.error ?? { kind: "fatal", code: "canceled", message: "It was canceled." },
    };
  }
}
