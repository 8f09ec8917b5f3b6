import { useEffect, useRef, type JSX } from "react";
import type { EditingState } from "../canvas/use-editing.ts";
import { useWords } from "../words/use-words.tsx";
import { words } from "./words.ts";

/** A name in the outline, or the field in which it is written anew. */
export function RowName({ id, name, state }: { id: string; name: string; state: EditingState }): JSX.Element {
  if (state.renaming !== id) return <b className="font-semibold">{name}</b>;
  return <NameField id={id} name={name} state={state} />;
}

function NameField({ id, name, state }: { id: string; name: string; state: EditingState }): JSX.Element {
  const t = useWords(words);
  const input = useRef<HTMLInputElement>(null);
  const over = useRef(false);
  useEffect(() => input.current?.select(), []);
  const end = (keep: boolean): void => {
    if (over.current) return;
    over.current = true;
    const text = input.current?.value.trim() ?? "";
    if (keep && text !== "" && text !== name) state.editing.rename(id, text);
    state.setRenaming(undefined);
    state.focusCard(id);
  };
  return (
    <input
      ref={input}
      className="h-7 w-56 max-w-full rounded-xs border border-accent bg-surface px-1 font-semibold outline-none pointer-coarse:h-11"
      defaultValue={name}
      maxLength={200}
      aria-label={t("renameLabel", { name })}
      onBlur={() => end(true)}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") end(true);
        if (event.key === "Escape") end(false);
      }}
    />
  );
}
