import { describe, expect, test } from "vitest";
import type { JsonObject } from "@holdfast/dsl";
import first from "../test/samples/state.v1.json" with { type: "json" };
import { plan } from "../test/flow.ts";
import { EngineError, STATE_VERSION, decide, initialState, upcast } from "./index.ts";

const refusal = (stored: JsonObject): unknown => {
  try {
    return upcast(stored);
  } catch (error) {
    return error instanceof EngineError ? error.code : error;
  }
};

describe("a stored state", () => {
  test("of format 1 is read, and goes on", () => {
    const state = upcast(first);
    expect(state).toEqual(first);
    const flow = plan("start > analyze > approval > end; analyze > pay > end");
    expect(decide(flow, state, 1767225603000)).toMatchObject({
      commands: [{ id: "execute/pay#2" }],
      wakeAt: 1767830401000,
    });
  });

  test("of today is written in the format that is read", () => {
    expect(initialState(0).v).toBe(STATE_VERSION);
  });

  test("of an older format is brought up step by step", () => {
    const steps = new Map([
      [-1, (state: JsonObject): JsonObject => ({ ...state, v: 0, startedAt: 5 })],
      [0, (state: JsonObject): JsonObject => ({ ...state, v: 1, phase: "active" })],
    ]);
    expect(upcast({ v: -1, nodes: {} }, steps)).toEqual({ v: 1, startedAt: 5, phase: "active", nodes: {} });
  });

  test("that can't be read is refused", () => {
    expect(refusal({ v: STATE_VERSION + 1 })).toBe("state_newer");
    expect(refusal({ v: 0 })).toBe("state_invalid");
    expect(refusal({ v: 1 })).toBe("state_invalid");
    expect(refusal({ version: 1 })).toBe("state_invalid");
  });
});
