import { builtinManifests } from "@holdfast/nodes/manifests";
import { expect, it, vi } from "vitest";
import { createFlowStore } from "../flow/flow-store.ts";
import { example } from "../flow/flow.fixture.ts";
import { translator } from "../words/use-words.tsx";
import { editWords } from "./edit-words.ts";
import { Editing } from "./editing.ts";

// What is told is told to a page.
vi.mock("../keys/announce.ts", () => ({ announce: () => undefined }));
const said = vi.hoisted((): string[] => []);
vi.mock("../ui/toast.ts", () => ({ failed: (text: string) => said.push(text) }));

function opened(flow = example("refund")): { editing: Editing; at: (id: string) => unknown } {
  const store = createFlowStore({ flow, manifests: builtinManifests });
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

it("names what is added in the reader's language where ids do not speak it", () => {
  const store = createFlowStore({ flow: example("refund"), manifests: builtinManifests });
  const editing = new Editing(store, builtinManifests, translator(editWords, "uk"));
  const names = ["email.send#mail", "email.send#mail"].map((entry) => editing.name(editing.add(entry, {}) ?? ""));
  expect(names).toEqual(["Лист", "Лист 2"]);
});

it("gives a new loop the room that it is drawn in", () => {
  const { editing, at } = opened({
    ...example("refund"),
    layout: {},
    nodes: {},
    edges: [{ from: "start", to: "end" }],
  });
  const loop = editing.add("forEach#each", { after: { from: "start", port: "out" } }) ?? "";
  editing.add("end#done", { after: { from: loop, port: "out" } });
  editing.nudge(["start"], { x: 0, y: 0 }, "written down");
  expect(at("done")).toEqual({ x: 0, y: 86 + 198 + 30 });
});

it("moves the cards of a loop with the loop, once", () => {
  const { editing, at } = opened(example("order-lines"));
  const all = [...editing.everything()];
  expect(all).toContain("start");
  const inside = at("reserve");
  editing.nudge(all, { x: 12, y: 0 }, "only");
  expect(at("reserve")).toEqual(inside);
});

it("adds after the selected card, a note aside; where nothing is selected, after the last on the spine", () => {
  const { editing } = opened();
  expect(editing.addAfter(new Set(["escalate"]))).toBe("escalate");
  expect(editing.addAfter(new Set(["note:a"]))).toBe("confirmationMail");
  expect(editing.addAfter(new Set())).toBe("confirmationMail");
});

it("says why an edge can't be drawn, or led elsewhere", () => {
  const { editing } = opened();
  const loops = opened(example("order-lines")).editing;
  expect(editing.connect({ from: "refund", port: "out", to: "order" })).toBe(false);
  expect(editing.connect({ from: "order", port: "out", to: "analyze" })).toBe(false);
  expect(loops.connect({ from: "complete", port: "out", to: "reserve" })).toBe(false);
  const [edge = ""] = editing.edgesOf("refund");
  editing.reconnect(edge, { from: "refund", port: "out", to: "order" });
  expect(said.map((text) => text.replace(/^.*?can’t/, "…can’t"))).toEqual([
    "…can’t lead to Read the order: a flow never goes back. A loop does something again.",
    "Read the order leads to Analyse the request already.",
    expect.stringMatching(/^…can’t lead to .*: no edge crosses the frame of a loop\.$/),
    "…can’t lead to Read the order: a flow never goes back. A loop does something again.",
  ]);
});
