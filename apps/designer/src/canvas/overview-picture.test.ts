import { expect, test } from "vitest";
import { example, manifests } from "../flow/flow.fixture.ts";
import { boundsOf, frameOf, pathsOf } from "./overview-picture.ts";
import { positionsOf } from "./positions.ts";
import { buildScene } from "./scene.ts";
import { manifestMap } from "./use-scene.ts";

const flow = example("refund");
const scene = buildScene({
  flow,
  manifests: manifestMap(manifests),
  language: "en",
  positions: positionsOf(flow, manifests),
});

const count = ({ plain, waits }: { plain: string; waits: string }): number => (plain + waits).split("z").length - 1;

test("every card is drawn once: where it stands, or where it is dragged to", () => {
  const all = pathsOf(scene);
  expect(count(all)).toBe(scene.cards.size);
  expect(all.waits).not.toBe("");
  expect(count(pathsOf(scene, new Set(["approval"])))).toBe(scene.cards.size - 1);
  const [width, height] = [scene.cards.get("approval")?.geometry.width, scene.cards.get("approval")?.geometry.height];
  expect(pathsOf(scene, undefined, new Map([["approval", { x: 7.4, y: -3 }]]))).toEqual({
    plain: "",
    waits: `M7,-3h${width}v${height}h-${width}z`,
  });
});

test("the frame holds all cards and all that is looked at, and has the shape of the picture", () => {
  const bounds = boundsOf(scene);
  for (const { x, y, geometry } of scene.cards.values()) {
    expect(x).toBeGreaterThanOrEqual(bounds.left);
    expect(y).toBeGreaterThanOrEqual(bounds.top);
    expect(x + geometry.width).toBeLessThanOrEqual(bounds.right);
    expect(y + geometry.height).toBeLessThanOrEqual(bounds.bottom);
  }
  const view = { left: -2_000, top: bounds.top, right: bounds.right + 10, bottom: bounds.top + 100 };
  const frame = frameOf(bounds, view, { width: 70, height: 88 });
  expect(frame.x).toBeLessThan(-2_000);
  expect(frame.x + frame.width).toBeGreaterThan(view.right);
  expect(frame.y).toBeLessThan(bounds.top);
  expect(frame.y + frame.height).toBeGreaterThan(bounds.bottom);
  expect(frame.width / frame.height).toBeCloseTo((70 + 10) / (88 + 10));
});
