import { createContext, use, type JSX, type ReactNode } from "react";
import { useStore } from "zustand";
import type { FlowState, FlowStore } from "./flow-store.ts";

const FlowStoreContext = createContext<FlowStore | undefined>(undefined);

/** Everything below edits one flow. */
export function FlowStoreProvider({ store, children }: { store: FlowStore; children: ReactNode }): JSX.Element {
  return <FlowStoreContext value={store}>{children}</FlowStoreContext>;
}

/** The store itself, to read and change it outside of rendering. */
export function useFlowStore(): FlowStore {
  const store = use(FlowStoreContext);
  if (store === undefined) throw new Error("No flow is edited here: a FlowStoreProvider is missing.");
  return store;
}

/** What a component shows of the flow; it renders again when that changes. */
export function useFlow<Selected>(selector: (state: FlowState) => Selected): Selected {
  return useStore(useFlowStore(), selector);
}
