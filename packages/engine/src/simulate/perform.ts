/** Does what `decide` says, at once and by given answers, and tells the run what came of it. */
import { isJsonObject, stepErrorOf } from "@holdfast/dsl";
import type { ControlContext, Json, JsonObject, NodeSpec, Outcome, Roots, StepError } from "@holdfast/dsl";
import type { Command } from "../command.ts";
import { beginChildren, cancelOpen, noteEnd, undoChildren } from "./children.ts";
import { lookBack, sendEvent } from "./deliver.ts";
import { isoTime } from "./iso-time.ts";
import { complete, fail } from "./results.ts";
import { rootsOf } from "./roots.ts";
import type { SimRun } from "./sim-run.ts";
import { required } from "./simulation-error.ts";
import type { World } from "./world.ts";

/** An action that waits for an answer. */
export interface OpenQuestion {
  readonly run: string;
  readonly node: string;
  readonly attempt: number;
  /** With everything filled in: what the action would be executed with. */
  readonly params: JsonObject;
  /** What the step's own waits and runs have given so far, by what it calls them. */
  readonly waited?: { readonly [call: string]: Json };
}

type Of<T extends Command["type"]> = Extract<Command, { readonly type: T }>;

/** False: the command has to wait, for an answer or for children to end. */
export function perform(world: World, run: SimRun, command: Command): boolean {
  switch (command.type) {
    case "execute":
      return execute(world, run, command);
    case "undo":
      return undo(world, run, command);
    case "undoChildren":
      return undoChildren(world, run, command.node);
    case "expire":
      expire(world, run, command);
      return true;
    case "startChildren":
      beginChildren(world, run, command);
      return true;
    case "cancelChildren":
      cancelOpen(world, run, command.node);
      return false;
    case "openIncident": {
      const { node, incident, attempt, error, of } = command;
      world.tell(run, { type: "incident.opened", node, incident, attempt, error, of });
      return true;
    }
    case "cancelStep":
      if (!cancelOpen(world, run, command.node)) return false;
      run.waits.delete(command.node);
      world.tell(run, { type: "step.canceled", node: command.node, of: command.of });
      return true;
    case "failStep":
      fail(world, run, command, command.error);
      return true;
    case "timeOut":
      world.tell(run, { type: "run.timed_out" });
      return true;
    case "end":
      end(world, run, command);
      return true;
  }
}

function execute(world: World, run: SimRun, command: Of<"execute">): boolean {
  const spec = specOf(run, command.node);
  const roots = rootsOf(run, command.readyAt);
  const params = resolve(world, spec.type, spec.params, roots);
  if ("kind" in params) {
    fail(world, run, command, params.error);
    return true;
  }
  if (isUnanswered(world, spec.type, command)) return false;
  const resuming = command.phase === "resume";
  const behavior = world.setup.controls.get(spec.type);
  const { node, attempt } = command;
  world.note(run, { type: "step.began", node, attempt, params: params.params });
  const answer = resuming ? undefined : world.answers.next(node);
  const context = contextOf(world, run, command.readyAt, roots);
  const outcome =
    answer ??
    (resuming
      ? behavior?.resume?.(params.params, context, run.results(node))
      : behavior?.begin(params.params, context));
  apply(world, run, command, outcome ?? NO_BEHAVIOR);
  return true;
}

function isUnanswered(world: World, type: string, { node, phase }: Of<"execute">): boolean {
  return phase === "begin" && !world.setup.controls.has(type) && !world.answers.has(node);
}

/** The question that an action asks, unless it goes on by itself. */
export function asksFor(world: World, run: SimRun, command: Of<"execute">): OpenQuestion[] {
  const { node, attempt, readyAt } = command;
  const { type, params: written } = specOf(run, node);
  if (!isUnanswered(world, type, command)) return [];
  const params = resolve(world, type, written, rootsOf(run, readyAt));
  if ("kind" in params) return [];
  const waited = run.waited.get(node);
  return [{ run: run.id, node, attempt, params: params.params, ...(waited !== undefined && { waited }) }];
}

const NO_BEHAVIOR: Outcome = {
  type: "fail",
  error: { kind: "fatal", code: "no_behavior", message: "The node type has no behavior here." },
};

function sendAll(world: World, run: SimRun, { events = [] }: Extract<Outcome, { type: "output" }>): void {
  for (const event of events) sendEvent(world, event, run);
}

/** An action has answered by itself. */
export function answered(world: World, run: SimRun, command: Of<"execute">, outcome: Outcome): void {
  world.note(run, { type: "step.began", node: command.node, attempt: command.attempt });
  apply(world, run, command, outcome);
}

function apply(
  world: World,
  run: SimRun,
  command: Pick<Of<"execute">, "node" | "attempt" | "passage">,
  outcome: Outcome,
): void {
  const { node, attempt, passage } = command;
  switch (outcome.type) {
    case "output":
      complete(world, run, { node, attempt, port: outcome.port, value: outcome.value });
      sendAll(world, run, outcome);
      return;
    case "fail":
      fail(world, run, { node, attempt }, outcome.error);
      return;
    case "children":
      openChildren(world, run, command, outcome);
      return;
    case "wait": {
      const { wait, resumes } = outcome;
      const deadline = wait.kind === "time" ? { at: wait.until, port: wait.port } : wait.deadline;
      world.tell(run, {
        type: "step.waiting",
        node,
        wait: wait.kind,
        ...(deadline !== undefined && { deadline }),
        ...(resumes !== undefined && { resumes }),
        ...(passage !== undefined && { passage }),
      });
      if (wait.kind === "time") return;
      const open = { ...wait, attempt };
      run.waits.set(node, open);
      lookBack(world, run, node, open);
    }
  }
}

function openChildren(
  world: World,
  run: SimRun,
  { node, passage }: Pick<Of<"execute">, "node" | "passage">,
  { children, resumes }: Extract<Outcome, { type: "children" }>,
): void {
  // A step knows its own children by name alone: here they are numbered.
  const first = resumes === undefined ? children.firstIndex : run.children(node).length;
  const { items, concurrency, onItemError, notBefore, deadline } = children;
  run.broods.set(node, { runs: run.children(node), spec: { ...children, firstIndex: first } });
  world.tell(run, {
    type: "step.children",
    node,
    first,
    total: items.length,
    concurrency,
    stopOnError: onItemError === "stop",
    ...(notBefore !== undefined && { notBefore }),
    ...(deadline !== undefined && { deadline }),
    ...(resumes !== undefined && { resumes }),
    ...(passage !== undefined && { passage }),
  });
}

/** A compensation succeeds unless it is a control node that says otherwise, or was told to fail. */
function undo(world: World, run: SimRun, command: Of<"undo">): boolean {
  const { node, attempt } = command;
  const { type, params: written } = required(specOf(run, node).compensate, `“${node}” has no compensation`);
  const roots = rootsOf(run, command.readyAt);
  const params = resolve(world, type, written, roots);
  const answer = world.answers.next(undoKey(node));
  const behavior = world.setup.controls.get(type);
  if (!("kind" in params)) world.note(run, { type: "undo.began", node, attempt, params: params.params });
  const context = contextOf(world, run, command.readyAt, roots);
  const outcome = "kind" in params ? params : (answer ?? behavior?.begin(params.params, context));
  if (outcome?.type === "fail") {
    world.tell(run, { type: "undo.failed", node, attempt, error: outcome.error, jitter: world.setup.jitter ?? 0 });
    return true;
  }
  world.tell(run, { type: "undo.completed", node });
  if (outcome?.type === "output") sendAll(world, run, outcome);
  return true;
}

/** What the answer book calls the compensation of a node; no node's id looks like it. */
export function undoKey(node: string): string {
  return `undo ${node}`;
}

/** No event came in time: those that did have resolved the wait when they were accepted. */
function expire(world: World, run: SimRun, { node, attempt, port, deadline }: Of<"expire">): void {
  const at = isoTime(deadline);
  const value = run.waits.has(node) ? { outcome: port, at } : { at };
  complete(world, run, { node, attempt, port, value });
}

function end(world: World, run: SimRun, command: Of<"end">): void {
  if (command.status === "completed") {
    run.output = (command.outputOf === undefined ? undefined : run.outputs.get(command.outputOf)) ?? null;
    run.error = undefined;
  } else run.error = command.error;
  world.tell(
    run,
    { type: "run.ended", status: command.status },
    command.status === "completed" ? { output: run.output } : {},
  );
  noteEnd(world, run);
}

type Resolved =
  { readonly params: JsonObject } | { readonly kind: "fail"; readonly type: "fail"; readonly error: StepError };

function resolve(world: World, type: string, params: JsonObject, roots: Roots): Resolved {
  try {
    return { params: world.library.params(type, params, roots) };
  } catch (error) {
    const told = stepErrorOf(error);
    if (told === undefined) throw error;
    return { kind: "fail", type: "fail", error: told };
  }
}

function contextOf(world: World, run: SimRun, now: number, roots: Roots): ControlContext {
  return {
    now,
    timeZone: run.flow.document.settings?.timeZone ?? "UTC",
    evaluate: (condition, more) =>
      world.library.condition(condition, isJsonObject(more) ? { ...roots, ...more } : roots),
  };
}

function specOf(run: SimRun, node: string): NodeSpec {
  return required(run.flow.specs.get(node), `There is no node “${node}”`);
}
