/** The state of editing on one canvas: what is focused, which question is open, what the keys do. */
import { START, type Issue, type NodeManifest } from "@holdfast/dsl";
import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from "react";
import { whatBreaks, whatBreaksAside } from "../flow/breaks.ts";
import { isQuick } from "../flow/checking.ts";
import { useFlow, useFlowStore } from "../flow/flow-store-context.tsx";
import { copyFragment } from "../flow/fragment.ts";
import { findNode } from "../flow/graphs.ts";
import { announce } from "../keys/announce.ts";
import { isTyping } from "../keys/listen.ts";
import type { Point } from "../layout/card.ts";
import { done, failed } from "../ui/toast.ts";
import { useWords } from "../words/use-words.tsx";
import { editWords } from "./edit-words.ts";
import { Editing } from "./editing.ts";
import type { CanvasActions, CanvasSelection, InsertPlace } from "./canvas-props.ts";
import { noteId, noteOf } from "./picture.ts";

export type Question =
  | {
      readonly kind: "insert" | "connect";
      readonly place: InsertPlace;
      readonly screen: Point;
      /** The edge that is led elsewhere, or put something on. */
      readonly edge?: string;
    }
  | { readonly kind: "find"; readonly screen: Point }
  | {
      readonly kind: "menu";
      readonly screen: Point;
      /** On the canvas. */
      readonly at: Point;
      readonly card?: string;
      readonly edge?: string;
    }
  | { readonly kind: "delete"; readonly ids: readonly string[]; readonly issues: readonly Issue[] };

export interface EditingState {
  readonly editing: Editing;
  readonly actions: CanvasActions;
  readonly selection: CanvasSelection;
  readonly onSelect: (selection: CanvasSelection) => void;
  readonly focus: { readonly id: string } | undefined;
  /** The card that the keys are about. */
  readonly at: RefObject<string>;
  readonly focusCard: (id: string) => void;
  readonly question: Question | undefined;
  readonly ask: (question: Question | undefined) => void;
  readonly renaming: string | undefined;
  readonly setRenaming: (id: string | undefined) => void;
  /** What a command is about: the selection, else the card with the focus. */
  readonly chosen: () => string[];
  readonly askDelete: (ids: readonly string[]) => void;
  readonly deleteNow: (ids: readonly string[]) => void;
}

/** Cards that the store doesn't count: the trigger and notes. */
const isExtra = (id: string): boolean => id === START || noteOf(id) !== undefined;

export function useEditing(manifests: readonly NodeManifest[]): EditingState {
  const store = useFlowStore();
  const t = useWords(editWords);
  const editing = useMemo(() => new Editing(store, manifests, t), [store, manifests, t]);
  const [extra, setExtra] = useState<ReadonlySet<string>>(new Set());
  const chosenNodes = useFlow((state) => state.selection);
  const selection = useMemo<CanvasSelection>(
    () => ({ nodes: new Set([...chosenNodes.nodes, ...extra]), edges: chosenNodes.edges }),
    [chosenNodes, extra],
  );
  const [focus, setFocus] = useState<{ id: string }>();
  const [question, ask] = useState<Question>();
  const [renaming, setRenaming] = useState<string>();
  const at = useRef<string>(START);
  const latest = useRef(selection);
  latest.current = selection;

  const onSelect = useCallback(
    ({ nodes, edges }: CanvasSelection) => {
      setExtra(new Set([...nodes].filter(isExtra)));
      store.getState().select({ nodes: new Set([...nodes].filter((id) => !isExtra(id))), edges });
    },
    [store],
  );
  const focusCard = useCallback((id: string) => setFocus({ id }), []);
  const chosen = useCallback((): string[] => {
    const { nodes } = latest.current;
    return nodes.size > 0 && (nodes.has(at.current) || nodes.size > 1) ? [...nodes] : [at.current];
  }, []);
  const deleteNow = useCallback(
    (ids: readonly string[]) => {
      const told = editing.delete(ids);
      done(told, { undo: () => editing.undo() });
      ask(undefined);
    },
    [editing],
  );
  const askDelete = useCallback(
    (ids: readonly string[]) => {
      const going = ids.filter((id) => id !== START);
      if (going.length === 0) return;
      const { flow } = store.getState();
      const go = (broken: readonly Issue[]): void => {
        const issues = broken.filter(({ severity }) => severity === "error");
        if (issues.length === 0) deleteNow(going);
        else ask({ kind: "delete", ids: going, issues });
      };
      if (isQuick(flow)) go(whatBreaks(flow, manifests, editing.without(going)));
      else void whatBreaksAside(flow, manifests, editing.without(going)).then(go);
    },
    [store, manifests, editing, deleteNow],
  );
  const actions = useActions(editing, { ask, focusCard });
  return {
    editing,
    actions,
    selection,
    onSelect,
    focus,
    at,
    focusCard,
    question,
    ask,
    renaming,
    setRenaming,
    chosen,
    askDelete,
    deleteNow,
  };
}

function useActions(
  editing: Editing,
  { ask, focusCard }: { ask: (question: Question) => void; focusCard: (id: string) => void },
): CanvasActions {
  return useMemo(
    (): CanvasActions => ({
      move: (positions) => editing.move(positions),
      connect: (edge) => void editing.connect(edge),
      reconnect: (edge, next) => editing.reconnect(edge, next),
      disconnect: (edges) => editing.disconnect(edges),
      insert: (place, screen) => ask({ kind: "insert", place, screen }),
      menu: (target) => ask({ kind: "menu", ...target }),
      drop: (entry, place) => {
        const id = editing.add(entry, place);
        if (id !== undefined) focusCard(id);
      },
      rename: (id, name) => editing.rename(id, name),
      editNote: (id, text) => editing.editNote(id, text),
    }),
    [editing, ask, focusCard],
  );
}

/** Copy, cut and paste through the clipboard of the system, so that other tabs and editors have a part in it. */
export function useClipboard(root: RefObject<HTMLElement | null>, state: EditingState): void {
  const store = useFlowStore();
  const t = useWords(editWords);
  const latest = useRef({ state, t });
  latest.current = { state, t };
  useEffect(() => {
    const isOurs = (event: ClipboardEvent): boolean => {
      const active = document.activeElement;
      const inside = active === null || active === document.body || root.current?.contains(active) === true;
      return inside && !isTyping(event.target) && String(document.getSelection() ?? "") === "";
    };
    const take = (event: ClipboardEvent): string[] => {
      if (!isOurs(event)) return [];
      const { flow } = store.getState();
      const ids = latest.current.state.chosen().filter((id) => findNode(flow, id) !== undefined);
      if (ids.length === 0) return [];
      event.clipboardData?.setData("text/plain", copyFragment(flow, ids));
      event.preventDefault();
      return ids;
    };
    const onCopy = (event: ClipboardEvent): void => {
      const ids = take(event);
      if (ids.length > 0) announce(latest.current.t("copied", { count: ids.length }));
    };
    const onCut = (event: ClipboardEvent): void => {
      const ids = take(event);
      if (ids.length > 0) latest.current.state.askDelete(ids);
    };
    const onPaste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (!isOurs(event) || text === "") return;
      const { editing, focusCard, at } = latest.current.state;
      const into = findNode(store.getState().flow, at.current)?.scope.at(-1);
      const first = editing.paste(text, into === undefined ? {} : { into });
      if (first === undefined) failed(latest.current.t("cantPaste"));
      else focusCard(first);
      event.preventDefault();
    };
    document.addEventListener("copy", onCopy);
    document.addEventListener("cut", onCut);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("cut", onCut);
      document.removeEventListener("paste", onPaste);
    };
  }, [root, store]);
}

/** A note next to a card, with its text open to be written. */
export function writeNote(state: EditingState, point: Point): void {
  const id = noteId(state.editing.addNote(point));
  state.setRenaming(id);
}
