import type { FlowDocument } from "@holdfast/dsl";
import { Workflow } from "lucide-react";
import { useEffect, useMemo, useRef, useState, type JSX, type KeyboardEvent } from "react";
import type { CardView } from "../canvas/card-view.ts";
import type { Scene } from "../canvas/scene.ts";
import type { EditingState } from "../canvas/use-editing.ts";
import { Button } from "../ui/button.tsx";
import { useWords } from "../words/use-words.tsx";
import { OutlineRow } from "./outline-row.tsx";
import { outlineRows, parentOf, setPosition, type Row } from "./rows.ts";
import { words } from "./words.ts";

export interface OutlineProps {
  readonly flow: FlowDocument;
  readonly scene: Scene;
  readonly state: EditingState;
  readonly cards?: (id: string) => CardView | undefined;
  readonly onOpen: (id: string) => void;
  readonly onCanvas: () => void;
}

/** The flow as a tree that can be edited: the second way to everything, and the only one on a phone. */
export function Outline(props: OutlineProps): JSX.Element {
  const { flow, scene, state, cards, onOpen, onCanvas } = props;
  const t = useWords(words);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => outlineRows(scene, collapsed), [scene, collapsed]);
  const [key, setKey] = useState<string>("start");
  const tree = useRef<HTMLDivElement>(null);
  const at = Math.max(
    0,
    rows.findIndex((row) => row.key === key),
  );
  useAskedFocus(tree, state.focus, setKey);

  const focusRow = (next: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, next))];
    if (row === undefined) return;
    setKey(row.key);
    rowElement(tree.current, row.key)?.focus();
  };
  const fold = (row: Row, folded: boolean): void =>
    setCollapsed((before) => {
      const after = new Set(before);
      if (folded) after.add(row.key);
      else after.delete(row.key);
      return after;
    });
  const keys: OutlineKeys = { rows, at, collapsed, focusRow, fold, state, onOpen };
  return (
    <div className="flex h-full flex-col bg-canvas" data-outline>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 py-3 sm:px-4">
        <div
          ref={tree}
          role="tree"
          aria-label={t("outline", { name: flow.name })}
          className="mx-auto flex max-w-[860px] flex-col gap-px"
          onKeyDown={(event) => onKey(event, keys)}
        >
          {rows.map((row, index) => (
            <OutlineRow
              key={row.key}
              row={row}
              scene={scene}
              state={state}
              view={row.kind === "card" ? cards?.(row.id) : undefined}
              place={setPosition(rows, index)}
              tabbable={index === at}
              expanded={!collapsed.has(row.key)}
              onFold={(folded) => fold(row, folded)}
              onFocus={() => {
                setKey(row.key);
                state.at.current = nodeOf(row);
              }}
              onOpen={onOpen}
            />
          ))}
        </div>
      </div>
      <div className="flex shrink-0 items-center gap-3 border-t border-border bg-surface px-4 py-2 text-11 text-text-3 max-[899px]:hidden">
        <span className="flex-1">{t("hint")}</span>
        <Button size="sm" variant="ghost" icon={Workflow} onClick={onCanvas}>
          {t("canvas")}
        </Button>
      </div>
    </div>
  );
}

/** The card that a row is about. */
function nodeOf(row: Row): string {
  if (row.kind === "card") return row.id;
  return row.kind === "port" ? row.node : row.to;
}

function rowElement(tree: HTMLElement | null, key: string): HTMLElement | undefined {
  return tree?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`) ?? undefined;
}

/** After something was added or taken away, the editor says what has the focus. */
function useAskedFocus(
  tree: React.RefObject<HTMLElement | null>,
  asked: { readonly id: string } | undefined,
  setKey: (key: string) => void,
): void {
  useEffect(() => {
    if (asked === undefined) return;
    setKey(asked.id);
    const row = rowElement(tree.current, asked.id) ?? rowElement(tree.current, "start");
    row?.focus();
  }, [asked, tree, setKey]);
}

interface OutlineKeys {
  readonly rows: readonly Row[];
  readonly at: number;
  readonly collapsed: ReadonlySet<string>;
  readonly focusRow: (index: number) => void;
  readonly fold: (row: Row, folded: boolean) => void;
  readonly state: EditingState;
  readonly onOpen: (id: string) => void;
}

function onKey(event: KeyboardEvent, keys: OutlineKeys): void {
  const row = keys.rows[keys.at];
  if (row === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
  if (event.target instanceof HTMLInputElement) return;
  const act = actionOf(event.key, row, keys);
  if (act === undefined) return;
  event.preventDefault();
  act();
}

function actionOf(key: string, row: Row, keys: OutlineKeys): (() => void) | undefined {
  const { rows, at, focusRow, onOpen } = keys;
  switch (key) {
    case "ArrowDown":
      return () => focusRow(at + 1);
    case "ArrowUp":
      return () => focusRow(at - 1);
    case "Home":
      return () => focusRow(0);
    case "End":
      return () => focusRow(rows.length - 1);
    case "ArrowRight":
      return () => inward(row, keys);
    case "ArrowLeft":
      return () => outward(row, keys);
    case "Enter":
      return row.kind === "link"
        ? () => focusRow(rows.findIndex((one) => one.key === row.to))
        : () => onOpen(nodeOf(row));
    default:
      return rowAction(key, row, keys);
  }
}

function inward(row: Row, { collapsed, fold, focusRow, at, rows }: OutlineKeys): void {
  const expandable = row.kind !== "link" && row.expandable;
  if (expandable && collapsed.has(row.key)) fold(row, false);
  else if (expandable) focusRow(at + 1);
  else if (row.kind === "link") focusRow(rows.findIndex((one) => one.key === row.to));
}

function outward(row: Row, { collapsed, fold, focusRow, at, rows }: OutlineKeys): void {
  if (row.kind !== "link" && row.expandable && !collapsed.has(row.key)) fold(row, true);
  else if (parentOf(rows, at) >= 0) focusRow(parentOf(rows, at));
}

/** A branch knows its port, and a link its edge: the keys of the canvas would have to guess. */
function rowAction(key: string, row: Row, { state }: OutlineKeys): (() => void) | undefined {
  if (row.kind === "link" && (key === "Delete" || key === "Backspace")) {
    return () => state.editing.disconnect([row.edge]);
  }
  const question = questionOf(key);
  if (row.kind !== "port" || question === undefined) return undefined;
  return () => {
    const box = document.activeElement?.getBoundingClientRect();
    state.ask({
      kind: question,
      place: { after: { from: row.node, port: row.port } },
      screen: { x: (box?.left ?? 0) + 24, y: box?.bottom ?? 0 },
    });
  };
}

function questionOf(key: string): "insert" | "connect" | undefined {
  if (key === "+" || key === "=") return "insert";
  return key.toLowerCase() === "c" ? "connect" : undefined;
}
