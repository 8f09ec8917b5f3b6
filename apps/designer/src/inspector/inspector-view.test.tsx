// @vitest-environment happy-dom
import { Tooltip } from "@base-ui/react/tooltip";
import type { FlowDocument } from "@holdfast/dsl";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { useStore } from "zustand";
import type { JSX } from "react";
import { createFlowStore } from "../flow/flow-store.ts";
import type { FlowStore } from "../flow/flow-store.ts";
import { InspectorView } from "./inspector-view.tsx";

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
    pay: { type: "http.request", name: "Pay back", params: { method: "POST", url: "https://pay.example" } },
    strange: { type: "acme.thing", params: {} },
  },
  edges: [
    { from: "start", to: "approval" },
    { from: "approval", port: "approved", to: "pay" },
    { from: "approval", port: "rejected", to: "end" },
    { from: "pay", to: "end" },
  ],
};

function Page({ store, selection }: { store: FlowStore; selection: readonly string[] }): JSX.Element {
  const state = useStore(store);
  return (
    <Tooltip.Provider>
      <InspectorView
        editor={{
          flow: state.flow,
          manifests: state.manifests,
          issues: state.issues,
          run: (label, command, coalesce) => {
            state.run(label, command, coalesce === undefined ? {} : { coalesce });
          },
          select: () => undefined,
          duplicate: () => undefined,
          remove: (ids) => removed.push(...ids),
        }}
        selection={selection}
        flows={[]}
        directory={{ roles: ["manager", "analyst"], groups: [], people: [] }}
        samples={[]}
        sample={undefined}
        onSample={() => undefined}
        begin={() => ({})}
        onEnter={() => undefined}
      />
    </Tooltip.Provider>
  );
}

const removed: string[] = [];

function show(...selection: string[]): FlowStore {
  const store = createFlowStore({ flow, manifests: builtinManifests });
  store.getState().check();
  render(<Page store={store} selection={selection} />);
  return store;
}

afterEach(cleanup);

describe("the inspector", () => {
  it("shows the tabs that the node's schema asks for", () => {
    show("approval");
    expect(screen.getAllByRole("tab").map(({ textContent }) => textContent)).toEqual([
      "Setup",
      "Form",
      "Deadline",
      "Retry",
      "Last run",
    ]);
    cleanup();
    show("pay");
    expect(screen.getAllByRole("tab").map(({ textContent }) => textContent)).toEqual(["Setup", "Retry", "Last run"]);
  });

  it("lists the answers with where they lead", () => {
    show("approval");
    expect(screen.getByText("goes to Pay back")).toBeDefined();
    expect(screen.getByText("ends the run")).toBeDefined();
    expect(screen.getByText("leads nowhere")).toBeDefined();
    expect(screen.getByText("after 7 days")).toBeDefined();
  });

  it("renames a node, and one name is one entry of the history", () => {
    const store = show("approval");
    const name = screen.getByRole("textbox", { name: "Name" });
    for (const value of ["Manager", "Manager d", "Manager decides"]) fireEvent.change(name, { target: { value } });
    expect(store.getState().flow.nodes["approval"]?.name).toBe("Manager decides");
    store.getState().undo();
    expect(store.getState().flow.nodes["approval"]?.name).toBe("Manager approval");
  });

  it("changes a duration by typing it", () => {
    const store = show("approval");
    fireEvent.click(screen.getByRole("tab", { name: "Deadline" }));
    const amount = screen.getByRole("textbox", { name: "Time limit: how many" });
    expect(amount).toHaveProperty("value", "7");
    fireEvent.change(amount, { target: { value: "2h 30m" } });
    fireEvent.blur(amount);
    expect(store.getState().flow.nodes["approval"]?.params["timeout"]).toBe("150m");
  });

  it("switches the inbox off and on", () => {
    const store = show("approval");
    fireEvent.click(screen.getByText("Ask people in the inbox"));
    expect(store.getState().flow.nodes["approval"]?.params["inbox"]).toBeUndefined();
    expect(screen.queryByRole("tab", { name: "Form" })).toBeNull();
  });

  it("tells the retry policy in words", () => {
    show("pay");
    fireEvent.click(screen.getByRole("tab", { name: "Retry" }));
    expect(
      screen.getByText("Tries 5 times: again after 1 second, then 2 times as long, at most 1 minute."),
    ).toBeDefined();
  });

  it("leaves it to the page to delete: it says before what that breaks", async () => {
    const store = show("approval");
    fireEvent.click(screen.getByRole("button", { name: "More" }));
    fireEvent.click(await screen.findByRole("menuitem", { name: /^Delete/ }));
    expect(removed.splice(0)).toEqual(["approval"]);
    expect(store.getState().flow.nodes).toHaveProperty("approval");
  });

  it("shows the flow when nothing is selected", () => {
    const store = show();
    fireEvent.change(screen.getByRole("textbox", { name: "Name" }), { target: { value: "Refunds" } });
    expect(store.getState().flow.name).toBe("Refunds");
    fireEvent.click(screen.getByRole("button", { name: "On an event" }));
    expect(store.getState().flow.triggers).toHaveLength(2);
  });

  it("offers what can be done with several", () => {
    show("approval", "pay");
    expect(screen.getByText("2 nodes chosen")).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: /^Delete/ }));
    expect(removed.splice(0)).toEqual(["approval", "pay"]);
  });

  it("says what is wrong with a type that is not installed", () => {
    show("strange");
    expect(screen.getByText(/There is no node type “acme.thing” here/)).toBeDefined();
  });
});
