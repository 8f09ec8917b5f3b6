import { expect, it } from "vitest";
import { heir, sibling, walk, type WalkGraph } from "./walk.ts";

/** start → ask ─approved→ pay, ─rejected→ refuse, ─timeout→ escalate (beside); each → check → stock in its body. */
const graph: WalkGraph = {
  spots: new Map([
    ["start", { x: 0, y: 0 }],
    ["ask", { x: 0, y: 100 }],
    ["pay", { x: 0, y: 300 }],
    ["refuse", { x: 360, y: 300 }],
    ["escalate", { x: 360, y: 100 }],
    ["each", { x: 0, y: 500 }],
    ["stock", { x: 0, y: 520, loop: "each" }],
  ]),
  edges: [
    { from: "start", port: "out", to: "ask" },
    { from: "ask", port: "approved", to: "pay" },
    { from: "ask", port: "rejected", to: "refuse" },
    { from: "ask", port: "timeout", to: "escalate" },
    { from: "escalate", port: "rejected", to: "refuse" },
    { from: "pay", port: "out", to: "each" },
    { from: "each", port: "start", to: "stock" },
  ],
};

it.each([
  { from: "start", direction: "down", to: "ask" },
  { from: "ask", direction: "down", to: "pay" },
  { from: "ask", direction: "right", to: "escalate" },
  { from: "escalate", direction: "left", to: "ask" },
  { from: "refuse", direction: "up", to: "escalate" },
  { from: "refuse", direction: "left", to: "ask" },
  { from: "each", direction: "right", to: "stock" },
  { from: "stock", direction: "left", to: "each" },
  { from: "stock", direction: "up", to: "each" },
  { from: "start", direction: "up", to: undefined },
] as const)("goes $direction from $from to $to", ({ from, direction, to }) => {
  expect(walk(graph, from, direction)).toBe(to);
});

it("goes over those of one source in the order of the ports, and out at the ends", () => {
  expect(sibling(graph, "pay", 1)).toBe("refuse");
  expect(sibling(graph, "refuse", 1)).toBe("escalate");
  expect(sibling(graph, "escalate", 1)).toBeUndefined();
  expect(sibling(graph, "pay", -1)).toBeUndefined();
});

it("gives the focus of what is gone to what came before it", () => {
  expect(heir(graph, new Set(["pay", "ask"]), "pay")).toBe("start");
  expect(heir(graph, new Set(["start"]), "start")).toBe("ask");
  expect(heir(graph, new Set(graph.spots.keys()), "ask")).toBeUndefined();
});
