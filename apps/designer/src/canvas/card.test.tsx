// @vitest-environment happy-dom
import { Tooltip } from "@base-ui/react/tooltip";
import type { FlowDocument } from "@holdfast/dsl";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CardView } from "./card-view.ts";
import { FlowCanvas } from "./flow-canvas.tsx";

const flow: FlowDocument = {
  dsl: 1,
  id: "demo",
  name: "Demo",
  triggers: [{ type: "call" }],
  nodes: {
    approval: {
      type: "wait.event",
      name: "Manager approval",
      params: {
        outcomes: [
          { port: "approved", event: "shop/approved" },
          { port: "rejected", event: "shop/rejected" },
        ],
        timeout: "7d",
        inbox: { title: "Pay?", assignTo: { roles: ["manager"] } },
      },
    },
    pay: {
      type: "http.request",
      name: "Pay back",
      params: { method: "POST", url: "https://pay.example" },
      compensate: { type: "event.send", params: { event: "shop/undone" } },
    },
  },
  edges: [
    { from: "start", to: "approval" },
    { from: "approval", port: "approved", to: "pay" },
    { from: "approval", port: "rejected", to: "end" },
    { from: "pay", to: "end" },
  ],
};

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1000);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function shown(id: string, view: CardView = {}): HTMLElement {
  render(
    <Tooltip.Provider>
      <FlowCanvas
        flow={flow}
        manifests={builtinManifests}
        cards={(card) => (card === id ? view : undefined)}
        controls="none"
      />
    </Tooltip.Provider>,
  );
  const card = document.querySelector<HTMLElement>(`[data-node="${id}"]`);
  if (card === null) throw new Error(id);
  return card;
}

describe("a card", () => {
  it("says its name, what it does, and where its ways lead", () => {
    const label = shown("approval").getAttribute("aria-label") ?? "";
    expect(label).toContain("Manager approval");
    expect(label).toContain("7 days");
    expect(label).toContain("“approved” goes to Pay back");
    expect(label).toContain("“rejected” ends the run here");
    expect(label).toContain("“timeout” leads nowhere");
  });

  it.each(["pending", "running", "waiting", "completed", "failed", "incident", "skipped"] as const)(
    "is framed and named as %s",
    (state) => {
      const card = shown("pay", { state, badge: { tone: state === "pending" ? "neutral" : state, text: "now" } });
      expect(card.dataset["state"]).toBe(state);
      const said: Partial<Record<typeof state, string>> = { pending: "not reached yet", incident: "needs a person" };
      expect(card.getAttribute("aria-label")).toContain(said[state] ?? state);
      expect(card.textContent).toContain("now");
      expect(card.dataset["pale"] === "").toBe(state === "pending" || state === "skipped");
    },
  );

  it("shows what is wrong in words, errors before warnings in its frame", () => {
    const card = shown("pay", {
      problems: [
        { text: "“url” is empty", severity: "warning" },
        { text: "no such field", severity: "error" },
      ],
    });
    expect(card.dataset["state"]).toBe("problem");
    expect(card.textContent).toContain("“url” is empty");
    expect(card.getAttribute("aria-label")).toContain("Problem: no such field");
  });

  it("shows the values of a run instead of what is written", () => {
    const card = shown("pay", { state: "completed", sentence: "Paid **€129.90** back" });
    expect(card.textContent).toContain("Paid €129.90 back");
    expect(card.querySelector("b")?.textContent).toBe("€129.90");
  });

  it("shows how far a step is as a bar with a name", () => {
    const card = shown("pay", { state: "running", progress: { part: 0.42, label: "Pay back: row 42 of 100" } });
    const bar = within(card).getByRole("progressbar", { name: "Pay back: row 42 of 100" });
    expect(bar.getAttribute("aria-valuenow")).toBe("42");
  });

  it("shows what is being written to the eye alone", () => {
    const card = shown("pay", {
      state: "running",
      live: "Dear **Ann**",
      badge: { tone: "running", text: "AI is writing…" },
    });
    expect(card.textContent).toContain("Dear **Ann**");
    const label = card.getAttribute("aria-label") ?? "";
    expect(label).toContain("AI is writing…");
    expect(label).not.toContain("Dear");
  });

  it("says what undoes it", () => {
    const card = shown("pay");
    expect(card.querySelector(".hf-undo")?.textContent).toContain("shop/undone");
    expect(card.getAttribute("aria-label")).toContain("If the run fails");
  });

  it("squares the port that a run took, and opens the one that leads nowhere", () => {
    const card = shown("approval", { ports: { approved: { taken: true } } });
    expect(card.querySelectorAll(".hf-port[data-taken]")).toHaveLength(1);
    expect(card.querySelectorAll(".hf-port[data-open]")).toHaveLength(1);
  });

  it("is one stop of the tab key, all others are reached by arrows", () => {
    shown("approval");
    expect(document.querySelectorAll('[data-node][tabindex="0"]')).toHaveLength(1);
    expect(screen.getByRole("application", { name: /Demo/ }).dataset["mode"]).toBe("view");
  });
});
