/**
 * A host that does what it is told in any order, with any result, and now and then something from outside. Choices are
 * numbers; when they run out it only takes what brings the run to its end.
 */
import type { StepError } from "@holdfast/dsl";
import type { Command, Plan, RunState } from "../src/index.ts";
import { nodeOf } from "../src/index.ts";
import { TestRun, stepError } from "./run.ts";
import type { Happening } from "./run.ts";

/** More than the longest run of the largest flow takes. */
const MOST_STEPS = 2_000;

export class RandomHost {
  readonly run: TestRun;
  readonly #choices: readonly number[];
  #used = 0;

  constructor(plan: Plan, choices: readonly number[]) {
    this.run = new TestRun(plan);
    this.#choices = choices;
  }

  /** To the end; `between` sees every state. */
  play(between: (before: RunState, after: RunState) => void = () => undefined): TestRun {
    for (let step = 0; this.run.state.phase !== "ended"; step += 1) {
      if (step > MOST_STEPS) throw new Error(`It does not end: ${JSON.stringify(this.run.state)}`);
      const before = this.run.state;
      this.#step();
      between(before, this.run.state);
    }
    return this.run;
  }

  /** A number below `count`; 0 once the choices have run out. */
  #pick(count: number): number {
    const choice = this.#choices[this.#used] ?? 0;
    this.#used += 1;
    return choice % count;
  }

  get #isWild(): boolean {
    return this.#used < this.#choices.length;
  }

  #step(): void {
    const { run } = this;
    if (this.#isWild && this.#pick(12) === 0) {
      this.#outside();
      return;
    }
    const commands = run.commands();
    const command = commands[this.#pick(Math.max(1, commands.length))];
    const open = this.#openMatters();
    if (command !== undefined && (open.length === 0 || this.#pick(3) < 2)) return void run.tell(this.#perform(command));
    const matter = open[this.#pick(Math.max(1, open.length))];
    if (matter !== undefined) return void run.tell(matter);
    const wakeAt = run.wakeAt();
    if (wakeAt !== undefined) return void run.at(wakeAt);
    if (run.state.paused) return void run.tell({ type: "run.resumed" });
    throw new Error(`Stuck: ${JSON.stringify(run.state)}`);
  }

  #outside(): void {
    const happenings: Happening[] = [
      { type: "run.paused" },
      { type: "run.resumed" },
      { type: "run.canceled", mode: "cancel" },
      { type: "run.canceled", mode: "terminate" },
      { type: "run.timed_out" },
      { type: "run.outgrown" },
      { type: "run.retried" },
    ];
    const choice = this.#pick(30);
    const happening = happenings[choice];
    if (happening !== undefined) return void this.run.tell(happening);
    const late = this.run.log[this.#pick(this.run.log.length)];
    if (late !== undefined && late.type.includes(".") && "node" in late) this.run.tell(late);
    else this.run.at(this.run.now + this.#pick(5_000));
  }

  /** What may happen without a command: waits and incidents are answered, children end. */
  #openMatters(): Happening[] {
    return Object.entries(this.run.state.nodes).flatMap(([node, fact]): Happening[] => {
      if (fact.status === "waiting") {
        const { attempt } = fact;
        switch (fact.wait) {
          case "incident":
            return [{ type: "incident.resolved", node, attempt, of: "step", ...this.#answer(node) }];
          case "children":
            if (fact.ended >= fact.next) return [];
            return [
              {
                type: "children.ended",
                node,
                attempt,
                ended: fact.ended + 1 + this.#pick(fact.next - fact.ended),
                ...(this.#pick(5) === 1 && { failure: { index: fact.ended, error: stepError({ kind: "fatal" }) } }),
              },
            ];
          default:
            return [this.#ended(node, attempt, this.#port(node))];
        }
      }
      if (fact.status === "scheduled" || fact.undo?.status !== "incident") return [];
      return [{ type: "incident.resolved", node, attempt: fact.undo.attempt, of: "undo", ...this.#answer(node) }];
    });
  }

  #answer(node: string): { action: "complete"; port: string } | { action: "retry" | "fail" } {
    const action = (["complete", "retry", "fail"] as const)[this.#pick(3)] ?? "complete";
    return action === "complete" ? { action, port: this.#port(node) } : { action };
  }

  #perform(command: Command): Happening {
    switch (command.type) {
      case "execute":
        return this.#attempt(command);
      case "cancelStep":
        return this.#mayAnswer(command.node) && this.#pick(4) === 1
          ? this.#lateResult(command)
          : { type: "step.canceled", node: command.node, of: command.of, attempt: this.#attemptOf(command.node) };
      case "undo": {
        const { node, attempt } = command;
        if (this.#pick(4) < 3) return { type: "undo.completed", node };
        return { type: "undo.failed", node, attempt, error: this.#error(), jitter: 0.5 };
      }
      case "undoChildren":
        return { type: "undo.completed", node: command.node, of: "children" };
      case "expire":
        return this.#ended(command.node, command.attempt, command.port);
      case "startChildren":
        return {
          type: "children.started",
          node: command.node,
          next: command.to,
          attempt: this.#attemptOf(command.node),
        };
      case "cancelChildren": {
        const fact = this.run.state.nodes[command.node];
        const ended = fact?.status === "waiting" && fact.wait === "children" ? fact.next : 0;
        return { type: "children.ended", node: command.node, ended, attempt: this.#attemptOf(command.node) };
      }
      case "openIncident": {
        const { node, incident, attempt, error, of } = command;
        return { type: "incident.opened", node, incident, attempt, error, of };
      }
      case "failStep":
        return { type: "step.failed", node: command.node, attempt: command.attempt, error: command.error, jitter: 0 };
      case "timeOut":
        return { type: "run.timed_out" };
      case "end":
        return { type: "run.ended", status: command.status };
    }
  }

  #attemptOf(node: string): number {
    return this.run.state.nodes[node]?.attempt ?? 1;
  }

  /** Nobody works on a step that waits for children or a person. */
  #mayAnswer(node: string): boolean {
    const fact = this.run.state.nodes[node];
    return fact?.status !== "waiting" || fact.wait === "time" || fact.wait === "event";
  }

  #lateResult({ id, node }: Extract<Command, { type: "cancelStep" }>): Happening {
    const attempt = Number(id.split("#").at(-1));
    return this.#pick(2) === 0
      ? this.#ended(node, attempt, this.#port(node))
      : { type: "step.failed", node, attempt, error: this.#error(), jitter: 0.5 };
  }

  /** A wait has ended: that of the step, or one in its middle. */
  #ended(node: string, attempt: number, port: string): Happening {
    const fact = this.run.state.nodes[node];
    if (fact?.status !== "waiting" || !("resumes" in fact) || fact.resumes === undefined) {
      return { type: "step.completed", node, attempt, port };
    }
    return { type: "wait.ended", node, attempt, passage: fact.resumes.passage };
  }

  #attempt({ node, attempt, phase, passage }: Extract<Command, { type: "execute" }>): Happening {
    const resuming = phase === "resume";
    const wait = { type: "step.waiting", node, attempt, ...(passage !== undefined && { passage }) } as const;
    switch (this.#pick(12)) {
      case 1:
      case 2:
        return { type: "step.failed", node, attempt, error: this.#error(), jitter: 0.5 };
      case 3:
        return { ...wait, wait: "event" };
      case 4: {
        const deadline = { at: this.run.now + 1_000, port: this.#port(node) };
        return { ...wait, wait: "time", deadline };
      }
      // What has children does not wait in its middle.
      case 7:
        return { ...wait, wait: "event", ...(!resuming && { resumes: "reply" }) };
      case 8:
        if (resuming) return { ...wait, wait: "event" };
        return { ...wait, wait: "time", deadline: { at: this.run.now + 500, port: "out" }, resumes: "pause" };
      case 5:
        if (passage === undefined) return this.#children(node, attempt, resuming);
        return { type: "step.completed", node, attempt, port: this.#port(node) };
      case 9:
        if (resuming) return { ...wait, wait: "event" };
        return {
          ...this.#children(node, attempt, false),
          first: this.#numberOfChildren(node),
          resumes: "child",
          ...(passage !== undefined && { passage }),
        };
      case 6:
        return { type: "incident.opened", node, incident: "node_type_missing", attempt, error: stepError() };
      default:
        return { type: "step.completed", node, attempt, port: this.#port(node) };
    }
  }

  /** Those of its middle are numbered over the whole life of a step. */
  #numberOfChildren(node: string): number {
    const ends = this.run.log.map((event) =>
      event.type === "step.children" && event.node === node ? event.first + event.total : 0,
    );
    return Math.max(0, ...ends);
  }

  #children(node: string, attempt: number, resuming: boolean): Extract<Happening, { type: "step.children" }> {
    const fact = this.run.state.nodes[node];
    const first = resuming && fact?.status === "scheduled" ? (fact.children ?? 0) : 0;
    return {
      type: "step.children",
      node,
      attempt,
      first,
      total: 1 + this.#pick(4),
      concurrency: 1 + this.#pick(3),
      stopOnError: this.#pick(2) === 0,
      ...(this.#pick(3) === 1 && { deadline: this.run.now + 700 }),
      ...(this.#pick(3) === 1 && { notBefore: this.run.now + 300 }),
    };
  }

  #error(): StepError {
    const kinds = ["error", "fatal", "timeout", "unknown"] as const;
    return stepError({ kind: kinds[this.#pick(4)] ?? "error" });
  }

  #port(node: string): string {
    const ports = nodeOf(this.run.plan, node)?.ports ?? [];
    return ports[this.#pick(Math.max(1, ports.length))] ?? "out";
  }
}
