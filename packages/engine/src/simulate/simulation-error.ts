/** What a simulation can't do. */

export type SimulationErrorCode =
  /** Nothing of that kind is open at that node. */
  | "nothing_open"
  /** The decision does not fit the form, or names no outcome. */
  | "decision_invalid"
  /** Who asked may not decide. */
  | "not_allowed"
  /** Time only moves forward. */
  | "time_backwards"
  /** It never comes to rest. */
  | "endless"
  /** `invoke` names a flow that was not given. */
  | "unknown_flow";

export class SimulationError extends Error {
  readonly code: SimulationErrorCode;

  constructor(code: SimulationErrorCode, message: string) {
    super(message);
    this.name = "SimulationError";
    this.code = code;
  }
}

/**
 * What has to be there.
 * @throws SimulationError `nothing_open`
 */
export function required<T>(value: T | undefined, otherwise: string): T {
  if (value === undefined) throw new SimulationError("nothing_open", otherwise);
  return value;
}
