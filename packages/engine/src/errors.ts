/** What the engine refuses. A run never throws: these are about a plan or a state that can't be read. */

export type EngineErrorCode =
  "cycle" | "unknown_node" | "unknown_type" | "duplicate_node" | "state_invalid" | "state_newer";

export class EngineError extends Error {
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string) {
    super(message);
    this.name = "EngineError";
    this.code = code;
  }
}
