/** The flow that is edited: what it is, what is selected, what was done, what is wrong with it. */
import {
  applyChanges,
  changesBetween,
  type ChangeConflict,
  type DocumentChange,
  type FlowDocument,
  type Issue,
  type NodeManifest,
} from "@holdfast/dsl";
import { createStore, type StoreApi } from "zustand/vanilla";
import { pageChecker, type Checker } from "./checker.ts";
import { Checking } from "./checking.ts";
import { allEdges, allNodes, type EdgeId } from "./graphs.ts";
import { EMPTY_HISTORY, recorded, redone, undone, type History, type Step } from "./history.ts";
import { settle } from "./settle.ts";

export interface Selection {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<EdgeId>;
}

/** What a command may answer: the document, alone or with what else it has to tell. */
type Answer = FlowDocument | { readonly flow: FlowDocument };

export interface FlowState {
  readonly flow: FlowDocument;
  readonly manifests: readonly NodeManifest[];
  readonly selection: Selection;
  /** What would be undone and redone next, in words. */
  readonly undoLabel: string | undefined;
  readonly redoLabel: string | undefined;
  /** Of the document a moment ago; checked when nothing has been changed for a while. */
  readonly issues: readonly Issue[];
  /** Whether `issues` are those of `flow`. */
  readonly checked: boolean;

  /** Does something. `coalesce`: the same text makes one entry of what follows directly, as of typing or dragging. */
  readonly run: <Result extends Answer>(
    label: string,
    command: (flow: FlowDocument) => Result,
    options?: { readonly coalesce?: string; readonly select?: (result: Result) => Partial<Selection> },
  ) => Result;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly select: (selection: Partial<Selection>) => void;
  /** Takes over a document into which changes of others were merged. It is nothing that could be undone. */
  readonly replace: (flow: FlowDocument) => void;
  /** Merges changes of others. What conflicts with the document as it is here is left out and told. */
  readonly merge: (changes: readonly DocumentChange[]) => ChangeConflict[];
  /** The node types that there are have changed: what was done, and what is selected, stays. */
  readonly learn: (manifests: readonly NodeManifest[]) => void;
  /** Checks at once instead of soon. */
  readonly check: () => readonly Issue[];
}

export type FlowStore = StoreApi<FlowState>;

export interface FlowStoreOptions {
  readonly flow: FlowDocument;
  readonly manifests: readonly NodeManifest[];
  /** Ids of the flows that exist. */
  readonly flows?: ReadonlySet<string>;
  /** After every change that was made here, undone and redone ones included. */
  readonly onChange?: (flow: FlowDocument, changes: readonly DocumentChange[]) => void;
  /** How long nothing must change before the document is checked, in milliseconds. */
  readonly checkAfter?: number;
  /** Who checks large documents; by default a thread of the page's own. */
  readonly checker?: Checker;
}

const NOTHING: Selection = { nodes: new Set(), edges: new Set() };

export function createFlowStore(options: FlowStoreOptions): FlowStore {
  const { onChange, flows, checkAfter = 150, checker = pageChecker } = options;
  let history: History = EMPTY_HISTORY;
  return createStore<FlowState>((set, get) => {
    const checking = new Checking({
      state: get,
      found: (issues) => set({ issues, checked: true }),
      question: (flow) => ({ flow, manifests: get().manifests, ...(flows !== undefined && { flows }) }),
      checker,
    });
    const show = (flow: FlowDocument, selection: Selection = get().selection): void => {
      const labels = { undoLabel: history.past.at(-1)?.label, redoLabel: history.future.at(-1)?.label };
      set({ flow, selection: within(flow, selection), checked: false, ...labels });
      checking.soon(checkAfter);
    };
    const take = (step: Step | undefined): void => {
      if (step === undefined) return;
      ({ history } = step);
      show(step.flow);
      if (step.changes.length > 0) onChange?.(step.flow, step.changes);
    };
    checking.soon(0);
    return {
      flow: options.flow,
      manifests: options.manifests,
      selection: NOTHING,
      undoLabel: undefined,
      redoLabel: undefined,
      issues: [],
      checked: false,
      run(label, command, { coalesce, select } = {}) {
        const before = get().flow;
        const result = command(before);
        const flow = settle(before, documentOf(result), get().manifests);
        const changes = changesBetween(before, flow);
        const selection = select === undefined ? get().selection : { ...NOTHING, ...select(result) };
        if (changes.length === 0) {
          set({ selection: within(before, selection) });
          return result;
        }
        history = recorded(history, { label, changes, ...(coalesce !== undefined && { key: coalesce }) });
        show(flow, selection);
        onChange?.(flow, changes);
        return result;
      },
      undo: () => take(undone(get().flow, history)),
      redo: () => take(redone(get().flow, history)),
      select: (selection) => set({ selection: within(get().flow, { ...NOTHING, ...selection }) }),
      replace: (flow) => show(flow),
      merge(changes) {
        const { document, conflicts } = applyChanges(get().flow, changes);
        show(document);
        return conflicts;
      },
      learn(manifests) {
        if (manifests === get().manifests) return;
        set({ manifests, checked: false });
        checking.soon(checkAfter);
      },
      check: () => checking.now(),
    };
  });
}

function documentOf(answer: Answer): FlowDocument {
  return "dsl" in answer ? answer : answer.flow;
}

/** The same selection unless something of it is gone. */
function within(flow: FlowDocument, selection: Selection): Selection {
  const [nodes, edges] = [allNodes(flow), allEdges(flow)];
  const isThere =
    [...selection.nodes].every((id) => nodes.has(id)) && [...selection.edges].every((id) => edges.has(id));
  if (isThere) return selection;
  return {
    nodes: new Set([...selection.nodes].filter((id) => nodes.has(id))),
    edges: new Set([...selection.edges].filter((id) => edges.has(id))),
  };
}
