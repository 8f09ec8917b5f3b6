import { builtinManifests } from "@holdfast/nodes/manifests";
import { expect, it, vi } from "vitest";
import { createFlowStore } from "../flow/flow-store.ts";
import { example } from "../flow/flow.fixture.ts";
import { translator } from "../words/use-words.tsx";
import { editWords } from "./edit-words.ts";
import { Editing } from "./editing.ts";

// What is told is told to a page.
vi.mock("../keys/announce.ts", () => ({ announce: () => undefined }));

function opened(): { editing: Editing; at: (id: string) => unknown } {
  const store = createFlowStore({ flow: example("refund"), manifests: builtinManifests });
  const editing = new Editing(store, builtinManifests, translator(editWords, "en"));
  return { editing, at: (id) => store.getState().flow.layout?.[id] };
}

it("moves cards by keys: presses of one gesture are taken back at once", () => {
  const { editing, at } = opened();
  const before = at("approval");
  for (let press = 0; press < 3; press += 1) editing.nudge(["approval"], { x: 12, y: 0 }, "first");
  editing.nudge(["approval"], { x: 0, y: -12 }, "second");
  expect(at("approval")).toEqual({ x: 36, y: 492 });
  editing.undo();
  expect(at("approval")).toEqual({ x: 36, y: 504 });
  editing.undo();
  expect(at("approval")).toEqual(before);
});

it("moves several cards and the trigger together", () => {
  const { editing, at } = opened();
  editing.nudge(["start", "order"], { x: 12, y: 12 }, "only");
  expect([at("start"), at("order")]).toEqual([
    { x: 12, y: 12 },
    { x: 12, y: 98 },
  ]);
});

it("adds after the selected card, a note aside; where nothing is selected, after the last on the spine", () => {
  const { editing } = opened();
  expect(editing.addAfter(new Set(["escalate"]))).toBe("escalate");
  expect(editing.addAfter(new Set(["note:a"]))).toBe("confirmationMail");
  expect(editing.addAfter(new Set())).toBe("confirmationMail");
});
