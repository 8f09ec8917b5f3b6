import type { FlowDocument } from "@holdfast/dsl";
import { useEffect, useRef, type RefObject } from "react";
import { useFlowStore } from "../flow/flow-store-context.tsx";
import { announce } from "../keys/announce.ts";
import type { Command } from "../keys/command.ts";
import { useCommands } from "../keys/use-commands.ts";
import type { Point } from "../layout/card.ts";
import { useWords } from "../words/use-words.tsx";
import { ARRANGEMENTS } from "./arrangements.ts";
import { edgeFocus } from "./edge-focus.ts";
import { editWords } from "./edit-words.ts";
import { writeNote, type EditingState } from "./use-editing.ts";

/** The keys of the canvas and of the outline; the palette of commands has them, too. */
export function useEditKeys(root: RefObject<HTMLElement | null>, state: EditingState): void {
  const t = useWords(editWords);
  const store = useFlowStore();
  const group = t("group");
  const { editing, at, chosen } = state;
  const hasFocus = (): boolean => {
    const active = document.activeElement;
    return active === null || active === document.body || root.current?.contains(active) === true;
  };
  const command = (id: string, label: string, rest: Omit<Command, "id" | "label" | "group">): Command => ({
    id: `canvas.${id}`,
    label,
    group,
    when: hasFocus,
    ...rest,
  });
  const question = (kind: "insert" | "connect"): void => {
    const [edge] = state.selection.edges;
    const port = editing.portMeant(at.current);
    if (edge !== undefined) questionOnEdge(kind, edge, { state, root: root.current });
    else if (port === undefined) announce(t("nothingFollows", { name: editing.name(at.current) }));
    else {
      const screen = screenOf(root.current, at.current);
      state.ask({ kind, place: { after: { from: at.current, port } }, screen });
    }
  };
  const gesture = useGestures();
  useCommands([
    command("add", t("addAfter"), { keys: ["+", "="], run: () => question("insert") }),
    command("connect", t("connect"), { keys: "C", run: () => question("connect") }),
    command("edges", t("edges"), {
      keys: "E",
      run: () => {
        const [edge] = editing.edgesOf(at.current);
        if (edge === undefined) announce(t("noEdges", { name: editing.name(at.current) }));
        else state.focusCard(edgeFocus(edge));
      },
    }),
    command("rename", t("rename"), { keys: "F2", run: () => state.setRenaming(at.current) }),
    command("delete", t("delete"), {
      keys: ["Delete", "Backspace"],
      run: () => {
        const { edges } = state.selection;
        if (edges.size > 0) {
          editing.disconnect([...edges]);
          state.focusCard(at.current);
        } else state.askDelete(chosen());
      },
    }),
    command("duplicate", t("duplicate"), {
      keys: "⌘D",
      run: () => focusOn(state, editing.duplicate(chosen())),
    }),
    command("find", t("find"), {
      keys: "⌘F",
      run: () => state.ask({ kind: "find", screen: topOf(root.current) }),
    }),
    ...NUDGES.map(([id, keys, by]) =>
      command(id, t(id), {
        keys,
        keysOnly: true,
        run: () => editing.nudge(chosen(), by, `nudge ${gesture.current}`),
      }),
    ),
    command("tidy", t("tidy"), { keys: "⇧L", run: () => editing.tidy([...state.selection.nodes]) }),
    ...ARRANGEMENTS.map(({ id, arrange }) =>
      command(id, t(id), { when: () => isSeveral(state), run: () => arrange(editing, [...state.selection.nodes]) }),
    ),
    command("note", t("note"), { keys: "N", run: () => writeNote(state, besideAll(store.getState().flow)) }),
    command("all", t("selectAll"), {
      keys: "⌘A",
      run: () => state.onSelect({ nodes: editing.everything(), edges: new Set() }),
    }),
    { ...command("undo", t("undo"), { keys: "⌘Z", run: () => editing.undo() }), when: () => true },
    { ...command("redo", t("redo"), { keys: ["⇧⌘Z", "⌘Y"], run: () => editing.redo() }), when: () => true },
  ]);
}

const isSeveral = ({ selection }: EditingState): boolean => selection.nodes.size > 1;

/** Pixels of one press: columns and rows are multiples of it apart. */
const STEP = 12;

const NUDGES = [
  ["moveUp", "⌘↑", { x: 0, y: -STEP }],
  ["moveDown", "⌘↓", { x: 0, y: STEP }],
  ["moveLeft", "⌘←", { x: -STEP, y: 0 }],
  ["moveRight", "⌘→", { x: STEP, y: 0 }],
] as const;

/** A number for the presses between which ⌘ is not let go. */
function useGestures(): RefObject<number> {
  const gesture = useRef(0);
  useEffect(() => {
    const up = ({ key }: KeyboardEvent): void => {
      if (key === "Meta" || key === "Control") gesture.current += 1;
    };
    addEventListener("keyup", up);
    return () => removeEventListener("keyup", up);
  }, []);
  return gesture;
}

export function focusOn(state: EditingState, id: string | undefined): void {
  if (id !== undefined) state.focusCard(id);
}

function questionOnEdge(
  kind: "insert" | "connect",
  edge: string,
  { state, root }: { state: EditingState; root: HTMLElement | null },
): void {
  const ends = state.editing.endsOfEdge(edge);
  if (ends === undefined) return;
  const plus = root?.querySelector(`[data-wire="${CSS.escape(edge)}"] .hf-edge-plus`)?.getBoundingClientRect();
  const screen = plus === undefined ? topOf(root) : { x: plus.left + plus.width / 2, y: plus.bottom - 12 };
  const place = kind === "insert" ? { onEdge: edge } : { after: { from: ends.from, port: ends.port } };
  state.ask({ kind, place, screen, edge });
}

/** Under a card, where a question about it stands. */
function screenOf(root: HTMLElement | null, id: string): Point {
  const box = root?.querySelector(`[data-node="${CSS.escape(id)}"]`)?.getBoundingClientRect();
  return box === undefined ? topOf(root) : { x: box.left + 20, y: box.bottom };
}

function topOf(root: HTMLElement | null): Point {
  const box = root?.getBoundingClientRect();
  return box === undefined ? { x: 8, y: 56 } : { x: box.left + box.width / 2 - 150, y: box.top + 16 };
}

/** Right of everything, at the top. */
function besideAll(flow: FlowDocument): Point {
  const places = Object.values(flow.layout ?? {});
  return { x: Math.max(0, ...places.map(({ x }) => x)) + 360, y: Math.min(0, ...places.map(({ y }) => y)) };
}
