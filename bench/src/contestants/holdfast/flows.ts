/** The flows that are measured, as documents. */
import type { JsonObject } from "@holdfast/dsl";

const FIVE = ["a", "b", "c", "d", "e"];

/** Five steps in a row, all of one type. */
function five(id: string, type: string): JsonObject {
  return document(id, {
    nodes: Object.fromEntries(FIVE.map((node) => [node, { type, params: {} }])),
    edges: ["start", ...FIVE].map((from, index) => ({ from, to: FIVE[index] ?? "end" })),
  });
}

function document(id: string, rest: JsonObject): JsonObject {
  return { dsl: 1, id, name: id, triggers: [{ type: "call" }], ...rest };
}

export const FLOWS = {
  /** Five steps that do nothing. */
  "five-steps": five("five-steps", "bench.nothing"),
  /** Five steps of 0 to 4 ms at random. */
  "five-pauses": five("five-pauses", "bench.pause"),
  /** Waits for `bench/answered` with its key, by seven days at the latest. */
  waits: document("waits", {
    input: {
      type: "object",
      properties: { key: { type: "string" }, text: { type: "string" } },
      required: ["key", "text"],
    },
    nodes: {
      answer: {
        type: "wait.event",
        params: {
          outcomes: [{ port: "answered", event: "bench/answered", match: { key: "{{ input.key }}" } }],
          timeout: "7d",
        },
      },
      resumed: { type: "bench.mark", params: {} },
    },
    edges: [
      { from: "start", to: "answer" },
      { from: "answer", port: "answered", to: "resumed" },
      { from: "answer", port: "timeout", to: "end" },
      { from: "resumed", to: "end" },
    ],
  }),
  /** One step done, one under way that does not end. */
  holds: document("holds", {
    nodes: { done: { type: "bench.nothing", params: {} }, held: { type: "bench.hold", params: {} } },
    edges: [
      { from: "start", to: "done" },
      { from: "done", to: "held" },
      { from: "held", to: "end" },
    ],
  }),
} satisfies { readonly [id: string]: JsonObject };

export type FlowId = keyof typeof FLOWS;

/** A hundred bytes of input that nothing else has. */
export function waitingInput(key: string): { readonly key: string; readonly text: string } {
  const frame = JSON.stringify({ key, text: "" }).length;
  return { key, text: "x".repeat(Math.max(0, 100 - frame)) };
}
