import { expect, test } from "vitest";
import { example, manifests } from "../flow/flow.fixture.ts";
import { moveNodes } from "../flow/arrange-cards.ts";
import { setName } from "../flow/change-node.ts";
import type { FlowDocument } from "@holdfast/dsl";
import { positionsOf } from "./positions.ts";
import { Routing } from "./routing.ts";
import { buildScene, type Scene } from "./scene.ts";
import { manifestMap } from "./use-scene.ts";

const flow = example("refund");

function sceneOf(document: FlowDocument): Scene {
  const positions = positionsOf(document, manifests);
  return buildScene({ flow: document, manifests: manifestMap(manifests), language: "en", positions });
}

const pathsOf = (routing: Routing): string[] => [...routing.routes().values()].map(({ path }) => path);

test("other texts leave the ways as they are; a card elsewhere does not", () => {
  const routing = new Routing(sceneOf(flow));
  expect(routing.follows(sceneOf(setName(flow, "approval", "Does a manager agree?")))).toBe(true);
  expect(routing.hasMoved).toBe(false);
  const { x, y } = positionsOf(flow, manifests)["approval"] ?? { x: 0, y: 0 };
  expect(routing.follows(sceneOf(moveNodes(flow, { approval: { x: x + 40, y } })))).toBe(false);
});

test("cards that are moved and come back have the ways that they had", () => {
  const routing = new Routing(sceneOf(flow));
  const before = pathsOf(routing);
  routing.move(new Map([["approval", { x: 900, y: 300 }]]));
  expect(pathsOf(routing)).not.toEqual(before);
  routing.move(new Map());
  expect(pathsOf(routing)).toEqual(before);
});

test("while a card is moved, the ways that were taken and the detours are the ways as they are", () => {
  const routing = new Routing(sceneOf(flow));
  const still = routing.routes();
  expect(routing.detours().size).toBe(0);
  routing.move(new Map([["approval", { x: 900, y: 300 }]]));
  routing.move(new Map([["approval", { x: 460, y: 380 }]]));
  const detours = routing.detours();
  expect(detours.size).toBeGreaterThan(0);
  expect(detours.size).toBeLessThan(still.size);
  const shown = [...still].map(([id, way]) => [id, (detours.get(id) ?? way).path]);
  expect(shown).toEqual([...routing.routes()].map(([id, { path }]) => [id, path]));
  expect(routing.hasMoved).toBe(false);
});
