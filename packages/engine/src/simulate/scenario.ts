/** Carries out a scenario of a document's `tests` section and compares what came of it. */
import { joinPointer, parseDuration } from "@holdfast/dsl";
import type { Json, Scenario } from "@holdfast/dsl";
import type { RunStatus } from "../status.ts";
import { parseIsoTime } from "./iso-time.ts";
import { sameJson } from "./matching.ts";
import type { SimulationSetup } from "./setup.ts";
import { Simulation } from "./simulation.ts";
import { SimulationError } from "./simulation-error.ts";
import type { TraceEntry } from "./trace.ts";

/** What a scenario is run with. */
export type ScenarioSetup = Pick<SimulationSetup, "flow" | "manifests" | "controls" | "flows">;

export interface ScenarioFailure {
  /** JSON pointer into the scenario. */
  readonly pointer: string;
  readonly message: string;
}

export interface ScenarioResult {
  readonly passed: boolean;
  readonly failures: readonly ScenarioFailure[];
  readonly status: RunStatus;
  readonly output: Json;
  readonly trace: readonly TraceEntry[];
}

/** A run of a scenario that says no time starts at 2026-01-01. */
export const DEFAULT_START = "2026-01-01T00:00:00Z";

/** @throws EngineError if the flow can't be walked */
export function runScenario(setup: ScenarioSetup, scenario: Scenario): ScenarioResult {
  const { trigger, input, answers, now } = scenario;
  const start = parseIsoTime(now ?? DEFAULT_START);
  const simulation = new Simulation({
    ...setup,
    now: start,
    ...(input !== undefined && { input }),
    ...(trigger !== undefined && { trigger }),
    ...(answers !== undefined && { answers }),
  });
  const failures = [
    ...script(simulation, scenario, start),
    ...unanswered(simulation),
    ...compare(simulation, scenario),
  ];
  const { status, output, trace } = simulation;
  return { passed: failures.length === 0, failures, status, output, trace };
}

interface Action {
  readonly at: number;
  readonly pointer: string;
  perform(): void;
}

/** What is done to the run, each at its time, then the rest of `advance`. */
function script(simulation: Simulation, scenario: Scenario, start: number): ScenarioFailure[] {
  const time = (after: string | undefined): number => start + (after === undefined ? 0 : parseDuration(after));
  const events = (scenario.events ?? []).map(({ after, ...event }, index): Action => ({
    at: time(after),
    pointer: joinPointer("", "events", index),
    perform: () => simulation.send(event),
  }));
  const decisions = (scenario.decisions ?? []).map(({ after, ...decided }, index): Action => ({
    at: time(after),
    pointer: joinPointer("", "decisions", index),
    perform: () => simulation.decide(decided),
  }));
  const incidents = (scenario.incidents ?? []).map(({ after, node, action, ...result }, index): Action => ({
    at: time(after),
    pointer: joinPointer("", "incidents", index),
    perform: () => simulation.resolveIncident(node, action, { ...result, run: runWith(simulation.incidents, node) }),
  }));
  const skips = (scenario.skips ?? []).map(({ after, node, port }, index): Action => ({
    at: time(after),
    pointer: joinPointer("", "skips", index),
    perform: () => simulation.skipWait(node, port, runWith(simulation.pauses, node)),
  }));
  const { cancel } = scenario;
  const end: Action[] =
    cancel === undefined
      ? []
      : [{ at: time(cancel.after), pointer: "/cancel", perform: () => simulation.cancel(cancel.mode) }];
  const failures: ScenarioFailure[] = [];
  for (const action of [...events, ...decisions, ...incidents, ...skips, ...end].toSorted((a, b) => a.at - b.at)) {
    simulation.advanceTo(action.at);
    try {
      action.perform();
    } catch (error) {
      if (!(error instanceof SimulationError)) throw error;
      failures.push({ pointer: action.pointer, message: error.message });
    }
  }
  simulation.advanceTo(Math.max(simulation.now, time(scenario.advance)));
  return failures;
}

/** The first run in which something is open at the node. */
function runWith(open: readonly { readonly run: string; readonly node: string }[], node: string): string {
  return open.find((one) => one.node === node)?.run ?? "run";
}

function unanswered(simulation: Simulation): ScenarioFailure[] {
  const nodes = new Set(simulation.questions.map(({ node }) => node));
  return [...nodes].map((node) => ({
    pointer: joinPointer("", "answers", node),
    message: `“${node}” was reached, and no answer is given for it.`,
  }));
}

function compare(simulation: Simulation, { expect }: Scenario): ScenarioFailure[] {
  const { status, reached, output, error } = simulation;
  const failures: ScenarioFailure[] = [];
  const check = (holds: boolean, pointer: string, message: string): void => {
    if (!holds) failures.push({ pointer: `/expect${pointer}`, message });
  };
  if (expect.status !== undefined) {
    check(status === expect.status, "/status", `The run is ${status}, not ${expect.status}.`);
  }
  for (const [index, node] of (expect.reached ?? []).entries()) {
    check(reached.has(node), `/reached/${index}`, `“${node}” was not reached.`);
  }
  for (const [index, node] of (expect.notReached ?? []).entries()) {
    check(!reached.has(node), `/notReached/${index}`, `“${node}” was reached.`);
  }
  if (expect.output !== undefined) {
    check(sameJson(output, expect.output), "/output", `The output is ${JSON.stringify(output)}.`);
  }
  if (expect.error !== undefined) {
    check(
      error?.code === expect.error,
      "/error",
      error === undefined ? "The run has no error." : `The error is “${error.code}”.`,
    );
  }
  return failures;
}
