// @vitest-environment happy-dom
import { Tooltip } from "@base-ui/react/tooltip";
import { valueAt, type FlowDocument } from "@holdfast/dsl";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { JSX } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createFlowStore, type FlowStore } from "../flow/flow-store.ts";
import { translator, useWords } from "../words/use-words.tsx";
import type { InsertPlace } from "./canvas-props.ts";
import { editWords } from "./edit-words.ts";
import { Editing } from "./editing.ts";
import { InsertMenu } from "./insert-menu.tsx";
import { useScene } from "./use-scene.ts";
import { INTO } from "./walk.ts";

const flow: FlowDocument = {
  dsl: 1,
  id: "demo",
  name: "Demo",
  triggers: [{ type: "call" }],
  nodes: {
    check: { type: "branch", name: "Eligible?", params: { cases: [{ port: "yes", when: "true" }] } },
    pay: { type: "http.request", name: "Pay back", params: { method: "POST", url: "https://pay.example" } },
    tell: { type: "email.send", name: "Tell why", params: { to: "a@b.c", subject: "No", text: "No" } },
    each: {
      type: "forEach",
      name: "Each line",
      params: { items: "{{ input.lines }}", body: { nodes: {}, edges: [{ from: "start", to: "end" }] } },
    },
  },
  edges: [
    { from: "start", to: "check" },
    { from: "check", port: "yes", to: "pay" },
    { from: "pay", to: "end" },
    { from: "tell", to: "end" },
  ],
};

interface Asked {
  readonly place: InsertPlace;
  readonly connecting?: boolean;
  readonly edge?: string;
}

function Question(props: Asked & { store: FlowStore; onDone: (id: string | undefined) => void }): JSX.Element {
  const { store, ...rest } = props;
  const t = useWords(editWords);
  const scene = useScene(store.getState().flow, builtinManifests);
  const editing = new Editing(store, builtinManifests, t);
  return <InsertMenu {...rest} at={{ x: 0, y: 0 }} scene={scene} manifests={builtinManifests} editing={editing} />;
}

interface Answering {
  readonly input: HTMLElement;
  readonly done: ReturnType<typeof vi.fn>;
  readonly edges: () => string[];
  readonly store: FlowStore;
}

function asked(question: Asked): Answering {
  const store = createFlowStore({ flow, manifests: builtinManifests });
  const done = vi.fn<(id: string | undefined) => void>();
  render(
    <Tooltip.Provider>
      <Question {...question} store={store} onDone={done} />
    </Tooltip.Provider>,
  );
  const edges = (): string[] =>
    store.getState().flow.edges.map(({ from, port = "out", to }) => `${from} ${port} ${to}`);
  return { input: screen.getByRole("combobox"), done, edges, store };
}

const type = (input: HTMLElement, value: string): void => void fireEvent.change(input, { target: { value } });
const press = (input: HTMLElement, key: string): void => void fireEvent.keyDown(input, { key });

afterEach(cleanup);

describe("the insert menu", () => {
  it("has the focus and adds the first that fits", () => {
    const { input, done, edges } = asked({ place: { after: { from: "pay", port: "out" } } });
    expect(document.activeElement).toBe(input);
    type(input, "sleep");
    press(input, "Enter");
    const [[id] = []] = done.mock.calls;
    expect(edges()).toContain(`pay out ${String(id)}`);
    expect(edges()).toContain(`${String(id)} out end`);
  });

  it("takes another outcome by the arrows at its sides", () => {
    const { input, edges } = asked({ place: { after: { from: "check", port: "yes" } }, connecting: true });
    press(input, "ArrowRight");
    const chosen = screen.getAllByRole("radio").find((one) => one.getAttribute("aria-checked") === "true");
    expect(chosen?.textContent).toBe("otherwise");
    type(input, "tell");
    press(input, "Enter");
    expect(edges()).toContain("check otherwise tell");
  });

  it("keeps Tab inside, and Enter on an outcome adds nothing", () => {
    const { input, done } = asked({ place: { after: { from: "check", port: "yes" } } });
    press(input, "Tab");
    const chosen = screen.getByRole("radio", { checked: true });
    expect(document.activeElement).toBe(chosen);
    press(chosen, "Enter");
    expect(document.activeElement).toBe(input);
    expect(done).not.toHaveBeenCalled();
  });

  it("leads an edge elsewhere", () => {
    const place = { after: { from: "check", port: "yes" } };
    const { input, edges } = asked({ place, connecting: true, edge: "check|yes|pay" });
    type(input, "tell");
    press(input, "Enter");
    expect(edges()).toContain("check yes tell");
    expect(edges()).not.toContain("check yes pay");
  });

  it("replaces an end by what a way is connected to", () => {
    const { input, edges } = asked({ place: { after: { from: "pay", port: "out" } }, connecting: true });
    type(input, "tell");
    press(input, "Enter");
    expect(edges()).toContain("pay out tell");
    expect(edges()).not.toContain("pay out end");
  });

  it("is left by Escape without a change", () => {
    const { input, done, edges } = asked({ place: { onEdge: "check|yes|pay" } });
    press(input, "Escape");
    expect(done).toHaveBeenCalledWith(undefined);
    expect(edges()).toHaveLength(4);
  });

  it("puts the first node into a loop, or after it by the arrows at its sides", () => {
    const { input, store } = asked({ place: { after: { from: "each", port: INTO } } });
    expect(screen.getByRole("radio", { checked: true }).textContent).toBe("each time");
    type(input, "sleep");
    press(input, "Enter");
    const { flow: now } = store.getState();
    expect(valueAt(now, "/nodes/each/params/body/nodes/pause/type")).toBe("sleep");
    expect(new Editing(store, builtinManifests, translator(editWords, "en")).portMeant("each")).toBe("out");
    cleanup();
    const other = asked({ place: { after: { from: "each", port: INTO } } });
    press(other.input, "ArrowRight");
    type(other.input, "sleep");
    press(other.input, "Enter");
    expect(other.edges()).toContain("each out pause");
  });

  it("says when nothing fits", () => {
    const { input } = asked({ place: { after: { from: "pay", port: "out" } } });
    type(input, "qqqq");
    expect(screen.getByText("Nothing fits “qqqq”.")).toBeDefined();
    expect(screen.queryAllByRole("option")).toHaveLength(0);
  });
});
