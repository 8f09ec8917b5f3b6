import { applyChanges, canonicalText, changesBetween, parseFlow, type FlowDocument } from "@holdfast/dsl";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addNode } from "./add-node.ts";
import { command, example, manifests, type Command } from "./flow.fixture.ts";
import { createFlowStore, type FlowStore } from "./flow-store.ts";
import { duplicate } from "./fragment.ts";

const flows = ["refund", "order-lines", "export-report", "first-answer"].map(example);
const flow = fc.constantFrom(...flows);

function storeOf(document: FlowDocument): FlowStore {
  return createFlowStore({ flow: document, manifests, checkAfter: 1e9 });
}

function undoAll(store: FlowStore): void {
  while (store.getState().undoLabel !== undefined) store.getState().undo();
}

function redoAll(store: FlowStore): void {
  while (store.getState().redoLabel !== undefined) store.getState().redo();
}

describe("the flow store", () => {
  it("undoes everything to the first document and redoes it to the last", () => {
    fc.assert(
      fc.property(flow, fc.array(command, { maxLength: 12 }), (document, commands) => {
        const store = storeOf(document);
        for (const one of commands) store.getState().run("change", one);
        const last = canonicalText(store.getState().flow);
        undoAll(store);
        expect(canonicalText(store.getState().flow)).toBe(canonicalText(document));
        redoAll(store);
        expect(canonicalText(store.getState().flow)).toBe(last);
      }),
      { numRuns: 60 },
    );
  });

  it("undoes a copied loop whose body was changed and changed back", () => {
    const document = example("order-lines");
    const store = storeOf(document);
    const [manifest] = manifests;
    if (manifest === undefined) throw new Error("there is no node type");
    store.getState().run("copy", (now) => duplicate(now, ["lines"], manifests).flow);
    store.getState().run("add", (now) => addNode(now, manifest, { after: { from: "reserve2", port: "out" } }).flow);
    undoAll(store);
    expect(canonicalText(store.getState().flow)).toBe(canonicalText(document));
  });

  it("keeps every document one that can be read", () => {
    fc.assert(
      fc.property(flow, fc.array(command, { maxLength: 12 }), (document, commands) => {
        const store = storeOf(document);
        for (const one of commands) {
          store.getState().run("change", one);
          const parsed = parseFlow(store.getState().flow);
          expect(parsed.ok ? [] : parsed.issues, String(one)).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("goes on with what others change in between, and takes back only its own", () => {
    const step = fc.oneof(
      command.map((own) => ({ own })),
      command.map((remote) => ({ remote })),
      fc.constantFrom("undo" as const, "redo" as const),
    );
    fc.assert(
      fc.property(flow, fc.array(step, { maxLength: 12 }), (document, steps) => {
        const store = storeOf(document);
        for (const one of steps) act(store, one);
        expect(parseFlow(store.getState().flow).ok).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("shows others exactly what it changed", () => {
    fc.assert(
      fc.property(flow, fc.array(command, { maxLength: 8 }), (document, commands) => {
        let seen = document;
        const onChange = (_: FlowDocument, changes: Parameters<typeof applyChanges>[1]): void => {
          const applied = applyChanges(seen, changes);
          expect(applied.conflicts).toEqual([]);
          seen = applied.document;
        };
        const store = createFlowStore({ flow: document, manifests, onChange, checkAfter: 1e9 });
        for (const one of commands) store.getState().run("change", one);
        store.getState().undo();
        expect(canonicalText(seen)).toBe(canonicalText(store.getState().flow));
      }),
      { numRuns: 40 },
    );
  });
});

type Step = { readonly own: Command } | { readonly remote: Command } | "undo" | "redo";

function act(store: FlowStore, step: Step): void {
  const { flow: now, run, merge, undo, redo } = store.getState();
  if (step === "undo") undo();
  else if (step === "redo") redo();
  else if ("own" in step) run("change", step.own);
  else merge(changesBetween(now, step.remote(now)));
}
