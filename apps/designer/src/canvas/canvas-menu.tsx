import { START } from "@holdfast/dsl";
import {
  Copy,
  CopyCheck,
  PencilLine,
  Plus,
  Redo2,
  Search,
  SlidersHorizontal,
  Sparkle,
  Spline,
  StickyNote,
  Trash2,
  Undo2,
} from "lucide-react";
import type { JSX } from "react";
import { PointMenu, type MenuItem } from "../ui/menu.tsx";
import { useWords } from "../words/use-words.tsx";
import { edgeFocus } from "./edge-focus.ts";
import { editWords, type EditText } from "./edit-words.ts";
import { noteOf } from "./picture.ts";
import { writeNote, type EditingState, type Question } from "./use-editing.ts";

type MenuQuestion = Extract<Question, { kind: "menu" }>;

/** What can be done with a card, an edge, or the canvas, where it was pressed: the same as by keys. */
export function CanvasMenu(props: {
  state: EditingState;
  question: MenuQuestion;
  onOpen: (id: string) => void;
}): JSX.Element {
  const { state, question, onOpen } = props;
  const t = useWords(editWords);
  const { card, edge } = question;
  const back = (): void => state.focusCard(edge === undefined ? (card ?? state.at.current) : edgeFocus(edge));
  const items = (): MenuItem[] => {
    if (edge !== undefined) return edgeItems(edge, { state, question, t });
    if (card !== undefined) return cardItems(card, { state, question, t, onOpen, back });
    return groundItems({ state, question, t });
  };
  return (
    <PointMenu
      at={question.screen}
      items={items()}
      onClose={() => {
        state.ask(undefined);
        back();
      }}
    />
  );
}

interface ItemSource {
  readonly state: EditingState;
  readonly question: MenuQuestion;
  readonly t: EditText;
}

function edgeItems(edge: string, { state, question, t }: ItemSource): MenuItem[] {
  const { screen } = question;
  const ends = state.editing.endsOfEdge(edge);
  return [
    {
      label: t("addHere"),
      icon: Plus,
      kbd: "+",
      onSelect: () => state.ask({ kind: "insert", place: { onEdge: edge }, screen, edge }),
    },
    {
      label: t("leadElsewhere"),
      icon: Spline,
      kbd: "C",
      onSelect: () => {
        if (ends === undefined) return;
        state.ask({ kind: "connect", place: { after: { from: ends.from, port: ends.port } }, screen, edge });
      },
    },
    "separator",
    {
      label: t("delete"),
      icon: Trash2,
      kbd: "⌫",
      onSelect: () => {
        state.ask(undefined);
        state.editing.disconnect([edge]);
        state.focusCard(ends?.from ?? state.at.current);
      },
    },
  ];
}

function cardItems(
  id: string,
  { state, question, t, onOpen, back }: ItemSource & { onOpen: (id: string) => void; back: () => void },
): MenuItem[] {
  const { editing } = state;
  const { screen } = question;
  const isNote = noteOf(id) !== undefined;
  const ids = state.selection.nodes.has(id) ? [...state.selection.nodes] : [id];
  const port = isNote ? undefined : editing.portMeant(id);
  const after = (kind: "insert" | "connect") => (): void => {
    if (port !== undefined) state.ask({ kind, place: { after: { from: id, port } }, screen });
  };
  const closed = (act: () => void) => (): void => {
    state.ask(undefined);
    act();
  };
  const tidy = (): void => {
    editing.tidy(ids);
    back();
  };
  const [edge] = isNote ? [] : editing.edgesOf(id);
  const ways: MenuItem[] =
    port === undefined
      ? []
      : [
          { label: t("addAfter"), icon: Plus, kbd: "+", onSelect: after("insert") },
          { label: t("connect"), icon: Spline, kbd: "C", onSelect: after("connect") },
        ];
  const own: MenuItem[] =
    id === START
      ? []
      : [
          { label: t("rename"), icon: PencilLine, kbd: "F2", onSelect: closed(() => state.setRenaming(id)) },
          {
            label: t("duplicate"),
            icon: Copy,
            kbd: "⌘D",
            onSelect: closed(() => state.focusCard(editing.duplicate(ids) ?? id)),
          },
          "separator",
          { label: t("delete"), icon: Trash2, kbd: "⌫", onSelect: closed(() => state.askDelete(ids)) },
        ];
  if (isNote) {
    return [
      { label: t("write"), icon: PencilLine, onSelect: closed(() => state.setRenaming(id)) },
      { label: t("delete"), icon: Trash2, kbd: "⌫", onSelect: closed(() => state.askDelete([id])) },
    ];
  }
  return [
    { label: t("open"), icon: SlidersHorizontal, kbd: "↵", onSelect: closed(() => onOpen(id)) },
    ...ways,
    ...(edge === undefined
      ? []
      : [{ label: t("edges"), icon: Spline, kbd: "E", onSelect: closed(() => state.focusCard(edgeFocus(edge))) }]),
    ...own,
    ...(ids.length > 1 ? [{ label: t("tidy"), icon: Sparkle, kbd: "⇧L", onSelect: closed(tidy) }] : []),
  ];
}

function groundItems({ state, question, t }: ItemSource): MenuItem[] {
  const { editing } = state;
  const { screen, at } = question;
  const closed = (act: () => void) => (): void => {
    state.ask(undefined);
    act();
  };
  const kept = (act: () => void): (() => void) =>
    closed(() => {
      act();
      state.focusCard(state.at.current);
    });
  return [
    { label: t("addHere"), icon: Plus, onSelect: () => state.ask({ kind: "insert", place: { at }, screen }) },
    { label: t("note"), icon: StickyNote, kbd: "N", onSelect: closed(() => writeNote(state, at)) },
    "separator",
    { label: t("find"), icon: Search, kbd: "⌘F", onSelect: () => state.ask({ kind: "find", screen }) },
    {
      label: t("selectAll"),
      icon: CopyCheck,
      kbd: "⌘A",
      onSelect: kept(() => state.onSelect({ nodes: editing.everything(), edges: new Set() })),
    },
    { label: t("tidy"), icon: Sparkle, kbd: "⇧L", onSelect: kept(() => editing.tidy([])) },
    "separator",
    { label: t("undo"), icon: Undo2, kbd: "⌘Z", onSelect: kept(() => editing.undo()) },
    { label: t("redo"), icon: Redo2, kbd: "⇧⌘Z", onSelect: kept(() => editing.redo()) },
  ];
}
