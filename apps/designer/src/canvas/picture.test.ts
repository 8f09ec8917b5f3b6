import { expect, test } from "vitest";
import { START, type FlowDocument } from "@holdfast/dsl";
import { setName } from "../flow/change-node.ts";
import { example, manifests } from "../flow/flow.fixture.ts";
import { lineGroups, lineGroupsOn, Picture, wiresIn, type PictureSource, type WireSource } from "./picture.ts";
import { positionsOf } from "./positions.ts";
import { Routing } from "./routing.ts";
import { buildScene, type Scene } from "./scene.ts";
import { manifestMap } from "./use-scene.ts";

const flow = example("refund");

function sceneOf(document: FlowDocument): Scene {
  const positions = positionsOf(document, manifests);
  return buildScene({ flow: document, manifests: manifestMap(manifests), language: "en", positions });
}

const scene = sceneOf(flow);
const views = new Map();
const named = new Map();
const t: PictureSource["t"] = Object.assign((key: string) => key, { language: "en" as const, rich: () => "" });

function cards(document: FlowDocument, own: Scene, selected: readonly string[] = []): PictureSource {
  const state = { selected: new Set(selected), tabbable: START, renaming: undefined, editing: true };
  return { scene: own, flow: document, views, named, t, state };
}

test("a card is a new object where it is selected or says something else, all others are the same", () => {
  const picture = new Picture();
  const before = picture.nodes(cards(flow, scene));
  expect(picture.nodes(cards(flow, scene))).toBe(before);
  const selected = picture.nodes(cards(flow, scene, ["approval"]));
  expect(selected.filter((node, index) => node !== before[index]).map(({ id }) => id)).toEqual(["approval"]);
  expect(selected.find(({ id }) => id === "approval")?.selected).toBe(true);
  const other = setName(flow, "approval", "Does a manager agree?");
  const renamed = picture.nodes(cards(other, sceneOf(other)));
  const changed = renamed.filter((node, index) => node !== selected[index]).map(({ id }) => id);
  expect(changed).toContain("approval");
  expect(changed.length).toBeLessThan(renamed.length);
});

test("an edge is a new object where its way, its names or its selection are others", () => {
  const picture = new Picture();
  const routes = new Routing(scene).routes();
  const names =
    (own: Scene): WireSource["names"] =>
    ({ source, to }) =>
      `${own.cards.get(source)?.facts.name} ${own.cards.get(to)?.facts.name}`;
  const source = {
    scene,
    routes,
    selected: new Set<string>(),
    drop: undefined,
    names: names(scene),
    label: names(scene),
  };
  const before = picture.wires(source);
  expect(picture.wires({ ...source, selected: new Set() })).toBe(before);
  const [first] = scene.edges;
  const selected = picture.wires({ ...source, selected: new Set([first?.id ?? ""]) });
  expect(selected.filter((wire, index) => wire !== before[index]).map(({ id }) => id)).toEqual([first?.id]);
  const unselected = picture.wires(source);
  const other = sceneOf(setName(flow, "approval", "Does a manager agree?"));
  const renamed = picture.wires({ ...source, scene: other, names: names(other), label: names(other) });
  const touching = scene.edges.filter(({ source: from, to }) => from === "approval" || to === "approval");
  const changed = renamed.filter((wire, index) => wire !== unselected[index]);
  expect(changed.map(({ id }) => id).toSorted()).toEqual(touching.map(({ id }) => id).toSorted());
  expect(changed.every(({ data }) => data?.label.includes("Does a manager agree?"))).toBe(true);
});

test("a drag draws the groups anew whose ways are others, as if all were drawn", () => {
  const routing = new Routing(scene);
  const still = routing.routes();
  const groups = lineGroups(
    scene,
    (id) => still.get(id),
    () => ({}),
  );
  routing.move(new Map([["approval", { x: 900, y: 300 }]]));
  const detours = routing.detours();
  const drawn = lineGroupsOn(groups, detours, { scene, still, view: () => ({}) });
  const all = routing.routes();
  expect(drawn).toEqual(
    lineGroups(
      scene,
      (id) => all.get(id),
      () => ({}),
    ),
  );
  const targets = new Set([...detours.values()].map(({ trunk }) => trunk));
  expect(drawn.filter((group, index) => group === groups[index]).map(({ id }) => id)).toEqual(
    groups.map(({ id }) => id).filter((id) => !targets.has(id)),
  );
});

test("React Flow gets the edges that may be in the picture, and what is selected", () => {
  const routes = new Routing(scene).routes();
  const [first] = scene.edges;
  const source = { scene, routes, selected: new Set([first?.id ?? ""]), drop: undefined, names: String, label: String };
  const all = new Picture().wires(source);
  const everywhere = { left: -1e6, top: -1e6, right: 1e6, bottom: 1e6 };
  expect(wiresIn(all, routes, everywhere)).toEqual(all);
  const { x = 0, y = 0 } = routes.get("approval|approved|payout")?.points[0] ?? {};
  const shown = wiresIn(all, routes, { left: x - 1, top: y - 1, right: x + 1, bottom: y + 1 }).map(({ id }) => id);
  expect(shown).toContain("approval|approved|payout");
  expect(shown).toContain(first?.id);
  expect(shown.length).toBeLessThan(all.length);
});
