import { useState, type DragEvent, type JSX, type ReactNode } from "react";
import { useWords } from "../../words/use-words.tsx";
import { words } from "./words.ts";

export interface DropProps {
  readonly enabled: boolean;
  readonly onText: (text: string) => void;
  readonly children: ReactNode;
}

/** A flow's file dropped anywhere on the page is imported. */
export function Drop({ enabled, onText, children }: DropProps): JSX.Element {
  const t = useWords(words);
  const [over, setOver] = useState(false);
  const hasFile = (event: DragEvent): boolean => enabled && event.dataTransfer.types.includes("Files");
  return (
    <div
      className="relative flex min-h-0 flex-1 flex-col"
      onDragOver={(event) => {
        if (!hasFile(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (event.currentTarget === event.target) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (!hasFile(event) || event.defaultPrevented || file === undefined) return;
        event.preventDefault();
        void file.text().then(onText);
      }}
    >
      {children}
      {over && (
        <div className="pointer-events-none absolute inset-2 z-30 grid place-items-center rounded-md border-2 border-dashed border-accent bg-accent-soft/80 text-14 font-medium text-accent-text">
          {t("drop")}
        </div>
      )}
    </div>
  );
}
