import { Copy, Sparkle, Trash2 } from "lucide-react";
import type { JSX } from "react";
import { IconButton } from "../ui/icon-button.tsx";
import { useWords } from "../words/use-words.tsx";
import { ARRANGEMENTS } from "./arrangements.ts";
import { editWords } from "./edit-words.ts";
import { focusOn } from "./use-edit-keys.ts";
import type { EditingState } from "./use-editing.ts";

/** What can be done with several cards, or with an edge, at the top of the canvas. */
export function SelectionBar({ state }: { state: EditingState }): JSX.Element | null {
  const t = useWords(editWords);
  const { selection, editing } = state;
  const ids = [...selection.nodes];
  if (selection.edges.size > 0) {
    return (
      <Bar text={t("edgeSelected", { count: selection.edges.size })}>
        <IconButton
          size="sm"
          icon={Trash2}
          label={t("delete")}
          onClick={() => editing.disconnect([...selection.edges])}
        />
      </Bar>
    );
  }
  if (ids.length < 2) return null;
  return (
    <Bar text={t("selectedMany", { count: ids.length })}>
      {ARRANGEMENTS.map(({ id, icon, arrange }) => (
        <IconButton key={id} size="sm" icon={icon} label={t(id)} onClick={() => arrange(editing, ids)} />
      ))}
      <span className="mx-0.5 h-4 w-px bg-border" />
      <IconButton size="sm" icon={Sparkle} label={t("tidy")} kbd="⇧L" onClick={() => editing.tidy(ids)} />
      <IconButton
        size="sm"
        icon={Copy}
        label={t("duplicate")}
        kbd="⌘D"
        onClick={() => focusOn(state, editing.duplicate(ids))}
      />
      <IconButton size="sm" icon={Trash2} label={t("delete")} onClick={() => state.askDelete(ids)} />
    </Bar>
  );
}

function Bar({ text, children }: { text: string; children: React.ReactNode }): JSX.Element {
  return (
    <div
      role="toolbar"
      aria-label={text}
      className="hf-float absolute top-3 left-1/2 z-10 flex -translate-x-1/2 items-center gap-px p-[3px] text-12 whitespace-nowrap text-text-2"
    >
      <span className="px-2 tabular-nums">{text}</span>
      {children}
    </div>
  );
}
