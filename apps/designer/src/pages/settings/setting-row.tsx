import { Check } from "lucide-react";
import { useEffect, useId, useRef, useState, type JSX, type ReactNode } from "react";
import { useWords } from "../../words/use-words.tsx";
import { words } from "./words.ts";

export interface SettingRowProps {
  readonly name: string;
  readonly text?: ReactNode;
  /** A change of it is told as saved. */
  readonly value?: string | boolean | undefined;
  readonly children?: ReactNode;
}

/** Milliseconds that the tick stands. */
const TICK = 2_000;

/** Name, sentence, control; saved at once with a tick. */
export function SettingRow({ name, text, value, children }: SettingRowProps): JSX.Element {
  const t = useWords(words);
  const id = useId();
  const saved = useSavedTick(value);
  return (
    <div
      role="group"
      aria-labelledby={id}
      className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b border-border py-3.5 last:border-b-0"
    >
      <div className="min-w-0 flex-1 basis-64">
        <h3 id={id} className="flex items-center gap-2 font-medium">
          {name}
          <span role="status" className="flex items-center gap-1 text-12 font-normal text-completed-text">
            {saved && (
              <>
                <Check aria-hidden className="size-3.5 text-completed" strokeWidth={1.75} />
                {t("saved")}
              </>
            )}
          </span>
        </h3>
        {text !== undefined && <p className="text-12 text-text-2">{text}</p>}
      </div>
      {children}
    </div>
  );
}

function useSavedTick(value: string | boolean | undefined): boolean {
  const [saved, setSaved] = useState(false);
  const before = useRef(value);
  useEffect(() => {
    if (before.current === value) return undefined;
    before.current = value;
    setSaved(true);
    const timer = setTimeout(() => setSaved(false), TICK);
    return () => clearTimeout(timer);
  }, [value]);
  return saved;
}
