/** The simulator: the same engine with a virtual clock. */
export { sameJson } from "./matching.ts";
export { DEFAULT_START, runScenario } from "./scenario.ts";
export type { ScenarioFailure, ScenarioResult, ScenarioSetup } from "./scenario.ts";
export type { Answers, SimulatedActor, SimulationSetup } from "./setup.ts";
export { Simulation } from "./simulation.ts";
export type { OpenIncident, OpenWait, Pause } from "./simulation.ts";
export { SimulationError } from "./simulation-error.ts";
export type { SimulationErrorCode } from "./simulation-error.ts";
export type { Decided, NewEvent } from "./deliver.ts";
export type { OpenQuestion } from "./perform.ts";
export type { TraceEntry } from "./trace.ts";
