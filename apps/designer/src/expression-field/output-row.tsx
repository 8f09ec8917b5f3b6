import { ChevronRight } from "lucide-react";
import type { JSX } from "react";
import { cx } from "../ui/cx.ts";
import { useWords } from "../words/use-words.tsx";
import { EXPRESSION_DRAG } from "./insertion.ts";
import { typeWords } from "./type-words.ts";
import type { VisibleItem } from "./visible-items.ts";
import { words } from "./words.ts";

export interface OutputRowProps {
  readonly row: VisibleItem;
  readonly id: string;
  readonly active: boolean;
  readonly onToggle: () => void;
  readonly onChoose: () => void;
  readonly onPoint?: (() => void) | undefined;
}

const ROOTS = new Set(["input", "trigger", "run", "event", "item", "index", "last", "errors"] as const);
type Root = typeof ROOTS extends Set<infer Name> ? Name : never;

/** One value of the tree: its name, its type, its value in the sample. It can be dragged into a field. */
export function OutputRow({ row, id, active, onToggle, onChoose, onPoint }: OutputRowProps): JSX.Element {
  const { item, depth, open } = row;
  const t = useWords(words);
  const inner = item.children.length > 0;
  const root = [...ROOTS].find((name: Root) => name === item.path);
  const sample = item.sample === undefined || typeof item.sample === "object" ? "" : String(item.sample);
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={active}
      {...(inner && { "aria-expanded": open })}
      draggable={item.expression !== undefined}
      onDragStart={(event) => {
        event.dataTransfer.setData(EXPRESSION_DRAG, item.expression ?? "");
        event.dataTransfer.setData("text/plain", `{{ ${item.expression ?? ""} }}`);
        event.dataTransfer.effectAllowed = "copy";
      }}
      onMouseMove={onPoint}
      onClick={() => (inner && item.expression === undefined ? onToggle() : onChoose())}
      className={cx(
        "flex min-h-7 cursor-default items-center gap-1.5 rounded-sm pr-2 text-12 pointer-coarse:min-h-11",
        active && "bg-surface-hover",
      )}
      style={{ paddingLeft: 4 + depth * 14 }}
    >
      <span
        aria-hidden
        className="grid size-4 shrink-0 place-items-center text-text-3"
        onClick={(event) => {
          if (!inner) return;
          event.stopPropagation();
          onToggle();
        }}
      >
        {inner && (
          <ChevronRight className={cx("size-3 transition-transform", open && "rotate-90")} strokeWidth={1.75} />
        )}
      </span>
      <span className={cx("shrink-0", depth === 0 ? "font-medium text-text" : "font-mono text-accent-text")}>
        {root === undefined ? item.label : t(root)}
      </span>
      {item.type !== "" && !(inner && depth === 0) && (
        <span className="shrink-0 text-11 text-text-3">{typeWords(item.type, t)}</span>
      )}
      <span className="ml-auto min-w-0 truncate pl-2 text-text-2">{sample}</span>
    </div>
  );
}
