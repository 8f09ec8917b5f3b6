import type { Node, NodeProps } from "@xyflow/react";
import { memo, use, useEffect, useRef, useState, type JSX } from "react";
import { useWords } from "../words/use-words.tsx";
import { useFocusWhenAsked } from "./card.tsx";
import { CanvasContext } from "./canvas-context.ts";
import { words } from "./words.ts";

export type NoteData = { readonly text: string; readonly tabbable: boolean; readonly editing: boolean };
export type NoteNode = Node<NoteData, "note">;

/** Text on the ground. Its first line is a title where more follow. */
export const NoteCard = memo(function NoteCard({ id, data, selected }: NodeProps<NoteNode>): JSX.Element {
  const t = useWords(words);
  const { mode, focused } = use(CanvasContext);
  const element = useFocusWhenAsked<HTMLDivElement>(id);
  const [open, setOpen] = useState(false);
  const writing = mode === "edit" && (open || data.editing);
  const [title = "", ...rest] = data.text.split("\n");
  return (
    <div
      ref={element}
      className="hf-note"
      data-node={id}
      data-selected={selected ? "" : undefined}
      role="note"
      aria-label={`${t("note")}: ${data.text}`}
      tabIndex={data.tabbable ? 0 : -1}
      onFocus={() => focused(id)}
      onDoubleClick={() => setOpen(true)}
    >
      {writing ? (
        <NoteText id={id} text={data.text} onEnd={() => setOpen(false)} />
      ) : (
        <>
          {rest.length > 0 ? <b>{title}</b> : <span>{title === "" ? t("noteEmpty") : title}</span>}
          {rest.length > 0 && <div>{rest.join("\n")}</div>}
        </>
      )}
    </div>
  );
});

function NoteText({ id, text, onEnd }: { id: string; text: string; onEnd: () => void }): JSX.Element {
  const t = useWords(words);
  const { editNote, renameEnded } = use(CanvasContext);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.select(), []);
  return (
    <textarea
      ref={area}
      className="nodrag nopan nowheel"
      defaultValue={text}
      aria-label={t("note")}
      onBlur={() => {
        const next = area.current?.value ?? text;
        if (next !== text) editNote(id, next);
        onEnd();
        renameEnded(id);
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}
