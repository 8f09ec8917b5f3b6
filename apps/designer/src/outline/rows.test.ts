import type { FlowDocument } from "@holdfast/dsl";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { expect, it } from "vitest";
import { buildScene, type Scene } from "../canvas/scene.ts";
import { outlineRows, parentOf, setPosition, type Row } from "./rows.ts";

const flow: FlowDocument = {
  dsl: 1,
  id: "refund",
  name: "Refund",
  triggers: [{ type: "call" }],
  nodes: {
    check: { type: "branch", params: { cases: [{ port: "yes", when: "true" }] } },
    pay: { type: "data.set", params: { values: {} } },
    each: {
      type: "forEach",
      params: {
        items: [],
        body: {
          nodes: { stock: { type: "data.set", params: { values: {} } } },
          edges: [
            { from: "start", to: "stock" },
            { from: "stock", to: "end" },
          ],
        },
      },
    },
    lost: { type: "data.set", params: { values: {} } },
  },
  edges: [
    { from: "start", to: "check" },
    { from: "check", port: "yes", to: "pay" },
    { from: "check", port: "otherwise", to: "each" },
    { from: "pay", to: "each" },
    { from: "each", to: "end" },
  ],
};

const scene: Scene = buildScene({
  flow,
  manifests: new Map(builtinManifests.map((manifest) => [manifest.type, manifest])),
  language: "en",
  positions: {},
});

const told = (rows: readonly Row[]): string[] => rows.map(({ key, level }) => `${"  ".repeat(level - 1)}${key}`);

it("tells a chain on one level, outcomes as branches, joins as links", () => {
  expect(told(outlineRows(scene, new Set()))).toEqual([
    "start",
    "check",
    "  check.otherwise",
    "    →check|otherwise|each",
    "  check.yes",
    "pay",
    "each",
    "  each.start",
    "    stock",
    "lost",
    "  lost.out",
  ]);
});

it("leaves out what is collapsed", () => {
  expect(told(outlineRows(scene, new Set(["check"])))).toEqual([
    "start",
    "check",
    "pay",
    "each",
    "  each.start",
    "    stock",
    "lost",
    "  lost.out",
  ]);
});

it("knows what a row stands under and beside", () => {
  const rows = outlineRows(scene, new Set());
  expect(rows[parentOf(rows, 3)]?.key).toBe("check.otherwise");
  expect(parentOf(rows, 0)).toBe(-1);
  expect(setPosition(rows, 4)).toEqual({ position: 2, size: 2 });
  expect(setPosition(rows, 1)).toEqual({ position: 2, size: 5 });
});
