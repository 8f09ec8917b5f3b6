/**
 * Stored states of older formats, brought up to today's: one step per format, up only. A frozen sample of each format
 * stands in `test/samples`.
 */
import { isJsonObject } from "@holdfast/dsl";
import type { Json, JsonObject } from "@holdfast/dsl";
import { EngineError } from "./errors.ts";
import type { RunState } from "./state.ts";

/** The format that this engine writes. */
export const STATE_VERSION = 1;

/** By the format it starts from: gives the next one. */
const STEPS: ReadonlyMap<number, (state: JsonObject) => JsonObject> = new Map();

/**
 * Reads a stored state.
 * @throws EngineError `state_invalid`; `state_newer` if a newer engine wrote it
 */
export function upcast(stored: Json, steps: typeof STEPS = STEPS, latest: number = STATE_VERSION): RunState {
  let state = stored;
  for (;;) {
    if (!isVersioned(state)) throw new EngineError("state_invalid", "This is not the state of a run");
    if (state.v === latest) break;
    if (state.v > latest) {
      throw new EngineError("state_newer", `The state is of format ${state.v}; this engine reads up to ${latest}`);
    }
    const step = steps.get(state.v);
    if (step === undefined) throw new EngineError("state_invalid", `There is no way up from format ${state.v}`);
    state = step(state);
  }
  if (!isRunState(state)) throw new EngineError("state_invalid", "This is not the state of a run");
  return state;
}

function isVersioned(value: Json): value is JsonObject & { readonly v: number } {
  return isJsonObject(value) && typeof value["v"] === "number";
}

/** The frame only: what stands in it was written by this very code. */
function isRunState(value: unknown): value is RunState {
  return (
    isJsonObject(value) &&
    typeof value["startedAt"] === "number" &&
    typeof value["phase"] === "string" &&
    isJsonObject(value["nodes"])
  );
}
