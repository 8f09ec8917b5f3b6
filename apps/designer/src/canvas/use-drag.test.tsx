// @vitest-environment happy-dom
import type { FlowDocument } from "@holdfast/dsl";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { act, renderHook } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { CanvasActions, CanvasSelection } from "./canvas-props.ts";
import { positionsOf } from "./positions.ts";
import { buildScene } from "./scene.ts";
import { useDrag, type Drag } from "./use-drag.ts";
import { manifestMap } from "./use-scene.ts";

const flow: FlowDocument = {
  dsl: 1,
  id: "demo",
  name: "Demo",
  triggers: [{ type: "call" }],
  nodes: { approval: { type: "sleep", name: "Wait", params: { for: "1d" } } },
  edges: [
    { from: "start", to: "approval" },
    { from: "approval", to: "end" },
  ],
};
const scene = buildScene({
  flow,
  manifests: manifestMap(builtinManifests),
  language: "en",
  positions: positionsOf(flow, builtinManifests),
});

const NOTHING: CanvasSelection = { nodes: new Set(), edges: new Set() };

interface Dragging {
  readonly now: () => Drag;
  readonly onSelect: (selection: CanvasSelection) => void;
  readonly move: CanvasActions["move"];
  readonly unmount: () => void;
}

function drag(): Dragging {
  const onSelect = vi.fn<(selection: CanvasSelection) => void>();
  const move = vi.fn<CanvasActions["move"]>();
  const actions: CanvasActions = {
    move,
    connect: vi.fn<CanvasActions["connect"]>(),
    reconnect: vi.fn<CanvasActions["reconnect"]>(),
    disconnect: vi.fn<CanvasActions["disconnect"]>(),
    insert: vi.fn<CanvasActions["insert"]>(),
    menu: vi.fn<CanvasActions["menu"]>(),
    drop: vi.fn<CanvasActions["drop"]>(),
    rename: vi.fn<CanvasActions["rename"]>(),
    editNote: vi.fn<CanvasActions["editNote"]>(),
  };
  const { result, unmount } = renderHook(() => useDrag({ scene, selection: NOTHING, onSelect, actions }));
  return { now: () => result.current, onSelect, move, unmount };
}

const SELECT = { type: "select", id: "approval", selected: true } as const;
const CHOSEN = { nodes: new Set(["approval"]), edges: new Set() };

test("a click selects at once", async () => {
  const { now, onSelect } = drag();
  await act(async () => now().onNodesChange([SELECT]));
  expect(onSelect).toHaveBeenCalledExactlyOnceWith(CHOSEN);
  expect(now().picked).toBeUndefined();
});

test("what a drag selects is shown at once and told when it is over; the drag is one change", async () => {
  const { now, onSelect, move } = drag();
  const step = (x: number, dragging: boolean) =>
    act(async () => now().onNodesChange([{ type: "position", id: "approval", position: { x, y: 9_000 }, dragging }]));
  await act(async () => {
    now().onNodesChange([SELECT]);
    now().onNodeDragStart();
  });
  await step(5_000, true);
  await step(5_010, true);
  expect(now().picked).toEqual(CHOSEN.nodes);
  expect(now().moved).toEqual(new Map([["approval", { x: 5_010, y: 9_000 }]]));
  expect(onSelect).not.toHaveBeenCalled();
  expect(move).not.toHaveBeenCalled();
  await step(5_020.4, false);
  await act(async () => now().onNodeDragStop());
  await act(() => vi.waitFor(() => expect(move).toHaveBeenCalledExactlyOnceWith({ approval: { x: 5_020, y: 9_000 } })));
  expect(now().moved.size).toBe(0);
  await act(() => vi.waitFor(() => expect(onSelect).toHaveBeenCalledExactlyOnceWith(CHOSEN)));
  expect(now().picked).toBeUndefined();
});

test("a drag that leads nowhere selects as well", async () => {
  const { now, onSelect, move } = drag();
  await act(async () => {
    now().onNodesChange([SELECT]);
    now().onNodeDragStart();
  });
  await act(async () => now().onNodeDragStop());
  await act(() => vi.waitFor(() => expect(onSelect).toHaveBeenCalledExactlyOnceWith(CHOSEN)));
  expect(move).not.toHaveBeenCalled();
});

test("a card that was let go as the canvas goes away has moved", async () => {
  const { now, move, unmount } = drag();
  await act(async () => {
    now().onNodesChange([{ type: "position", id: "approval", position: { x: 5_000, y: 9_000 }, dragging: true }]);
    now().onNodesChange([{ type: "position", id: "approval", position: { x: 5_000, y: 9_000 }, dragging: false }]);
  });
  unmount();
  expect(move).toHaveBeenCalledExactlyOnceWith({ approval: { x: 5_000, y: 9_000 } });
});
