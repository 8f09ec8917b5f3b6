/** A run driven by hand: tell what happened, ask what is to be done. */
import type { StepError } from "@holdfast/dsl";
import { decide, derive, evolve, initialState, statusOf } from "../src/index.ts";
import type { Command, Derived, Plan, RunEvent, RunState, RunStatus } from "../src/index.ts";

type Without<T> = T extends RunEvent ? Omit<T, "at"> : never;
export type Happening = Without<RunEvent>;

export class TestRun {
  readonly plan: Plan;
  readonly log: RunEvent[] = [{ type: "run.started", at: 0 }];
  state: RunState = initialState(0);
  now = 0;

  constructor(plan: Plan) {
    this.plan = plan;
  }

  /** Feeds an event, stamped with the time. */
  tell(happening: Happening): this {
    const event: RunEvent = { ...happening, at: this.now };
    this.log.push(event);
    this.state = evolve(this.plan, this.state, event);
    return this;
  }

  at(now: number): this {
    this.now = now;
    return this;
  }

  complete(node: string, { port = "out", attempt = 1, hasOutput = false } = {}): this {
    return this.tell({ type: "step.completed", node, attempt, port, ...(hasOutput && { hasOutput }) });
  }

  fail(node: string, error: Partial<StepError> = {}, { attempt = 1, jitter = 0.5 } = {}): this {
    return this.tell({ type: "step.failed", node, attempt, jitter, error: stepError(error) });
  }

  /** Ends the run as `decide` wants it. */
  end(): this {
    const command = this.commands().find(({ type }) => type === "end");
    if (command?.type !== "end") throw new Error(`Nothing ends here: ${this.ids().join(" ")}`);
    return this.tell({ type: "run.ended", status: command.status });
  }

  commands(): readonly Command[] {
    return decide(this.plan, this.state, this.now).commands;
  }

  ids(): string[] {
    return this.commands().map(({ id }) => id);
  }

  wakeAt(): number | undefined {
    return decide(this.plan, this.state, this.now).wakeAt;
  }

  derived(): Derived {
    return derive(this.plan, this.state);
  }

  status(): RunStatus {
    return statusOf(this.state, decide(this.plan, this.state, this.now));
  }
}

export function stepError(error: Partial<StepError> = {}): StepError {
  return { kind: "error", code: "broken", message: "It broke.", ...error };
}
