/** Child runs: loop bodies and invoked flows. */
import type { ChildrenSpec, Json } from "@holdfast/dsl";
import type { Command } from "../command.ts";
import { resumptionOf } from "../state.ts";
import { isoTime } from "./iso-time.ts";
import type { LoadedFlow } from "./library.ts";
import { bodyRoots } from "./roots.ts";
import { SimRun } from "./sim-run.ts";
import { SimulationError, required } from "./simulation-error.ts";
import type { World } from "./world.ts";

export function beginChildren(world: World, run: SimRun, command: Extract<Command, { type: "startChildren" }>): void {
  const { node, from, to } = command;
  const { runs, spec } = run.broodOf(node);
  const items = spec.items.slice(from - spec.firstIndex, to - spec.firstIndex);
  const made = items.map((item, offset) => childOf(world, run, spec, { node, item, index: from + offset }));
  run.broods.set(node, { runs: [...runs, ...made], spec });
  world.tell(run, { type: "children.started", node, next: to });
  for (const child of made) world.add(child);
}

/** Tells the parent. A child that ended before counts again when its undoing ends. */
export function noteEnd(world: World, run: SimRun): void {
  const { parent } = run;
  if (parent === undefined) return;
  world.stirred.add(parent.run);
  const ended = parent.run.children(parent.node).filter((child) => child.isOver);
  run.endedAs ||= ended.length;
  const middle = resumptionOf(parent.run.state, parent.node);
  world.tell(parent.run, {
    type: "children.ended",
    node: parent.node,
    ended: ended.length,
    ...(run.error !== undefined && { failure: { index: run.index, error: run.error } }),
  });
  if (middle !== undefined && resumptionOf(parent.run.state, parent.node) === undefined) {
    keepResult(parent.run, parent.node, middle.call);
  }
}

/** What a child in the middle of a step came to: the step finds it when it goes on. */
function keepResult(run: SimRun, node: string, call: string): void {
  for (const result of run.results(node)) {
    const { status } = result;
    const value = status === "completed" ? { status, output: result.output } : { status, error: { ...result.error } };
    run.waited.set(node, { ...run.waited.get(node), [call]: value });
  }
}

/** Cancels what runs below a node. True once nothing does. */
export function cancelOpen(world: World, run: SimRun, node: string): boolean {
  const open = run.openChildren(node);
  for (const child of open) {
    if (child.state.stop === undefined) world.tell(child, { type: "run.canceled", mode: "cancel" });
  }
  return open.length === 0;
}

/** The last to complete is undone first, one at a time. */
export function undoChildren(world: World, run: SimRun, node: string): boolean {
  const queue =
    run.undoing.get(node) ??
    run
      .children(node)
      .filter((child) => child.state.end?.status === "completed")
      .toSorted((a, b) => b.endedAs - a.endedAs);
  run.undoing.set(node, queue);
  const [next] = queue;
  if (next === undefined) {
    world.tell(run, { type: "undo.completed", node, of: "children" });
    return true;
  }
  if (next.state.stop === undefined) world.tell(next, { type: "run.undo" });
  else if (next.isOver) queue.shift();
  else return false;
  return true;
}

interface Place {
  readonly node: string;
  readonly item: Json;
  readonly index: number;
}

function childOf(world: World, run: SimRun, spec: ChildrenSpec, { node, item, index }: Place): SimRun {
  const id = `${run.id}/${node}.${index}`;
  const parent = { run, node, index };
  if (spec.source === "body") {
    const plan = required(run.flow.plan.bodies[node], `“${node}” has no body`);
    const roots = bodyRoots(run, world.now, { item, index, last: spec.last });
    return new SimRun({ id, flow: run.flow, plan, at: world.now, roots, parent });
  }
  const flow = invoked(world, spec.source.flow);
  const roots = {
    input: item,
    trigger: { type: "call", at: isoTime(world.now) },
    run: { id, flow: flow.document.id, version: 0, startedAt: isoTime(world.now) },
  };
  return new SimRun({ id, flow, plan: flow.plan.root, at: world.now, roots, parent });
}

function invoked(world: World, id: string): LoadedFlow {
  const own = world.setup.flow.id === id ? world.setup.flow : undefined;
  const document = world.setup.flows?.get(id) ?? own;
  if (document === undefined) throw new SimulationError("unknown_flow", `The flow “${id}” was not given`);
  return world.library.load(document);
}
