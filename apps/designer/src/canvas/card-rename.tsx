import { use, useEffect, useRef, type JSX } from "react";
import { useWords } from "../words/use-words.tsx";
import { CanvasContext } from "./canvas-context.ts";
import { words } from "./words.ts";

/** The name of a card while it is written anew. Enter keeps it, Escape leaves it as it was. */
export function Rename({ id, name }: { id: string; name: string }): JSX.Element {
  const t = useWords(words);
  const input = useRef<HTMLInputElement>(null);
  const over = useRef(false);
  const { rename, renameEnded } = use(CanvasContext);
  useEffect(() => input.current?.select(), []);
  const end = (keep: boolean): void => {
    if (over.current) return;
    over.current = true;
    const text = input.current?.value.trim() ?? "";
    if (keep && text !== "" && text !== name) rename(id, text);
    renameEnded(id);
  };
  return (
    <input
      ref={input}
      className="hf-card-rename nodrag nopan"
      defaultValue={name}
      maxLength={200}
      aria-label={t("renameLabel", { name })}
      onBlur={() => end(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") end(true);
        if (event.key === "Escape") end(false);
      }}
    />
  );
}
