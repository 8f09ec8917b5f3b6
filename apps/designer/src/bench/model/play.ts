/** Plays a session: everything it was told, on the real engine with a virtual clock. */
import type { ControlNode, FlowDocument, NodeManifest } from "@holdfast/dsl";
import { walkNodes } from "@holdfast/dsl";
import { EngineError } from "@holdfast/engine";
import { Simulation, SimulationError } from "@holdfast/engine/simulate";
import type { Deed, Session } from "./session.ts";

/** What a session is played in. */
export interface World {
  readonly flow: FlowDocument;
  readonly manifests: ReadonlyMap<string, NodeManifest>;
  readonly controls: ReadonlyMap<string, ControlNode>;
  /** Flows that others call, by id. */
  readonly flows: ReadonlyMap<string, FlowDocument>;
}

export interface Refusal {
  readonly deed: Deed;
  readonly code: SimulationError["code"];
  readonly message: string;
}

/** Between which entries of the trace a deed was done. */
export interface DeedPlace {
  readonly from: number;
  readonly to: number;
  readonly refusal?: Refusal;
}

export interface Played {
  /** The flow's. */
  readonly timeZone: string;
  readonly session: Session;
  readonly simulation: Simulation;
  /** By the number of the deed. */
  readonly places: readonly DeedPlace[];
  /** Nothing more happens by itself now. */
  readonly rests: boolean;
  /** It could not go on: the flow calls itself without end, a flow that it calls is not there. */
  readonly broken?: { readonly code: string; readonly message: string };
}

/** Why a flow can't be played at all. */
export interface Unplayable {
  readonly code: string;
  readonly message: string;
}

/** Flows are called where they are known; where one is not, the node is asked about like an action. */
function controlsFor(world: World): ReadonlyMap<string, ControlNode> {
  const called = [...walkNodes(world.flow)].flatMap(({ node }) => {
    const flow = node.type === "invoke" ? node.params["flow"] : undefined;
    return typeof flow === "string" ? [flow] : [];
  });
  const known = called.every((id) => id === world.flow.id || world.flows.has(id));
  return known ? world.controls : new Map([...world.controls].filter(([type]) => type !== "invoke"));
}

function simulationOf(world: World, { start, answers, once }: Session): Simulation {
  const { flow, manifests, flows } = world;
  const { now, input, trigger } = start;
  return new Simulation({
    flow,
    flows,
    manifests: (type) => manifests.get(type),
    controls: controlsFor(world),
    stepwise: true,
    mostCommands: MOST_COMMANDS,
    now,
    answers,
    once,
    ...(input !== undefined && { input }),
    ...(trigger !== undefined && { trigger }),
  });
}

/** A page must not stand still for a flow that never rests. */
const MOST_COMMANDS = 100_000;

/** Plays a session from its start. Throws nothing: what can't be played says why. */
export function play(world: World, session: Session): Played | Unplayable {
  const [simulation, problem] = attempt(() => simulationOf(world, session));
  if (simulation === undefined) return problem;
  const places: DeedPlace[] = [];
  const [rests = true, broken] = attempt(() => {
    for (const deed of session.deeds.slice(0, session.done)) {
      reach(simulation, session.start.now + deed.at);
      simulation.rest();
      places.push(placeOf(simulation, deed));
    }
    reach(simulation, session.start.now + session.until);
    return goOn(simulation, session.held);
  });
  const timeZone = world.flow.settings?.timeZone ?? "UTC";
  return { timeZone, session, simulation, places, rests, ...(broken !== undefined && { broken }) };
}

/** The clock stands still where it already is, so that what was told last can be watched step by step. */
function reach(simulation: Simulation, time: number): void {
  if (time > simulation.now) simulation.advanceTo(time);
}

/** True: it rests. */
function goOn(simulation: Simulation, held: number | undefined): boolean {
  if (held === undefined) {
    simulation.rest();
    return true;
  }
  for (let step = 0; step < held; step++) if (!simulation.step()) return true;
  return false;
}

function placeOf(simulation: Simulation, deed: Deed): DeedPlace {
  const from = simulation.trace.length;
  try {
    perform(simulation, deed);
  } catch (error) {
    if (!(error instanceof SimulationError)) throw error;
    return { from, to: from, refusal: { deed, code: error.code, message: error.message } };
  }
  return { from, to: simulation.trace.length };
}

function perform(simulation: Simulation, deed: Deed): void {
  switch (deed.type) {
    case "event":
      simulation.send(deed);
      return;
    case "decision":
      simulation.decide(deed);
      return;
    case "cancel":
      simulation.cancel(deed.mode);
      return;
    case "skip":
      simulation.skipWait(deed.node, deed.port, deed.run ?? runWith(simulation.pauses, deed.node));
      return;
    case "incident": {
      const { node, action, output, port } = deed;
      const run = deed.run ?? runWith(simulation.incidents, node);
      simulation.resolveIncident(node, action, {
        run,
        ...(output !== undefined && { output }),
        ...(port !== undefined && { port }),
      });
    }
  }
}

function runWith(open: readonly { readonly run: string; readonly node: string }[], node: string): string {
  return open.find((one) => one.node === node)?.run ?? "run";
}

/** What the flow itself makes impossible is told; everything else is a fault of ours. */
function attempt<T>(act: () => T): [T, undefined] | [undefined, Unplayable] {
  try {
    return [act(), undefined];
  } catch (error) {
    if (error instanceof EngineError || error instanceof SimulationError) {
      return [undefined, { code: error.code, message: error.message }];
    }
    if (error instanceof Error) return [undefined, { code: "unplayable", message: error.message }];
    throw error;
  }
}

export const isPlayed = (played: Played | Unplayable): played is Played => "simulation" in played;

/**
 * Plays a session that is one step further than the one that was played last, without playing all of it again. The
 * earlier one must not be looked at any more.
 */
export function playOn(world: World, last: Played | undefined, session: Session): Played | Unplayable {
  if (last === undefined || !isOneStepOn(last, session)) return play(world, session);
  const [moved = false, broken] = attempt(() => last.simulation.step());
  return { ...last, session, rests: !moved, ...(broken !== undefined && { broken }) };
}

function isOneStepOn({ session: last, rests, broken }: Played, next: Session): boolean {
  if (rests || broken !== undefined || last.held === undefined || next.held !== last.held + 1) return false;
  const same: readonly (keyof Session)[] = ["start", "answers", "once", "deeds", "done", "until"];
  return same.every((key) => last[key] === next[key]);
}
