// @vitest-environment happy-dom
import { Tooltip } from "@base-ui/react/tooltip";
import type { FlowDocument, NodeManifest } from "@holdfast/dsl";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { JSX } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { useStore } from "zustand";
import { createFlowStore, type FlowStore } from "../flow/flow-store.ts";
import type { FlowEditor } from "./flow-editor.ts";
import { NewerVersion } from "./newer-version.tsx";

const greet = (version: number, ...fields: readonly string[]): NodeManifest => ({
  type: "acme.greet",
  version,
  title: "Greet",
  description: "Says hello.",
  icon: "hand",
  category: "action",
  kind: "action",
  effect: "repeatable",
  params: {
    type: "object",
    properties: Object.fromEntries(fields.map((name) => [name, { type: "string" }])),
    required: [...fields],
    additionalProperties: false,
  },
  ports: [{ name: "out" }],
  output: {},
  sentence: "Greet",
  credentials: [],
  examples: [],
});
const manifests = [...builtinManifests, greet(2, "person", "language"), greet(1, "name")];

const flow: FlowDocument = {
  dsl: 1,
  id: "greets",
  name: "Greets",
  triggers: [{ type: "call" }],
  nodes: { hello: { type: "acme.greet", name: "Say hello", params: { name: "Ada" } } },
  edges: [
    { from: "start", to: "hello" },
    { from: "hello", to: "end" },
  ],
  uses: { "acme.greet": 1 },
};

type Migrate = NonNullable<FlowEditor["migrate"]>;

function Page({ store, migrate }: { readonly store: FlowStore; readonly migrate: Migrate | undefined }): JSX.Element {
  const state = useStore(store);
  const editor: FlowEditor = {
    flow: state.flow,
    manifests: state.manifests,
    issues: state.issues,
    run: (label, command) => void state.run(label, command),
    select: () => undefined,
    duplicate: () => undefined,
    remove: () => undefined,
    migrate,
  };
  return <NewerVersion editor={editor} type="acme.greet" />;
}

function show(migrate?: Migrate, document = flow): FlowStore {
  const store = createFlowStore({ flow: document, manifests });
  const client = new QueryClient({ defaultOptions: { mutations: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <Tooltip.Provider>
        <Page store={store} migrate={migrate} />
      </Tooltip.Provider>
    </QueryClientProvider>,
  );
  return store;
}

const renames: Migrate = ({ params }) =>
  Promise.resolve({
    version: 2,
    params: Object.fromEntries(Object.entries(params).map(([at, { name = null }]) => [at, { person: name }])),
  });

const see = (): boolean => fireEvent.click(screen.getByRole("button", { name: "See what changes…" }));

afterEach(cleanup);

describe("a node of an older version", () => {
  it("shows what the newer one changes, and takes it in one step that can be undone", async () => {
    const store = show(renames);
    expect(screen.getByText("This flow uses version 1, and version 2 is installed.")).toBeDefined();
    see();
    expect(await screen.findByText("Say hello")).toBeDefined();
    expect(screen.getAllByText("Ada")).toHaveLength(2);
    expect(screen.getByText("One place has to be filled in by hand afterwards.")).toBeDefined();
    expect(store.getState().flow).toBe(flow);

    fireEvent.click(screen.getByRole("button", { name: "Use version 2" }));
    expect(store.getState().flow).toMatchObject({
      nodes: { hello: { params: { person: "Ada" } } },
      uses: { "acme.greet": 2 },
    });
    expect(screen.queryByRole("button", { name: "See what changes…" })).toBeNull();
    store.getState().undo();
    expect(store.getState().flow).toEqual(flow);
  });

  it("says where the settings stay as they are", async () => {
    show(({ params }) => Promise.resolve({ version: 2, params }));
    see();
    expect(await screen.findByText(/The settings stay as they are/)).toBeDefined();
  });

  it("says why a migration fails, and can be taken with its settings", async () => {
    const store = show(() => Promise.reject(new Error("away")));
    see();
    expect(await screen.findByRole("alert")).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Use version 2 with the settings as they are" }));
    expect(store.getState().flow).toMatchObject({ nodes: flow.nodes, uses: { "acme.greet": 2 } });
  });

  it("offers nothing to those who may not edit, and where there is nothing newer", () => {
    show();
    expect(screen.queryByRole("button")).toBeNull();
    cleanup();
    show(renames, { ...flow, uses: { "acme.greet": 2 } });
    expect(screen.queryByRole("button")).toBeNull();
  });
});
