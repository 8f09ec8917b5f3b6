import { Search } from "lucide-react";
import { useEffect, useRef, useState, type JSX } from "react";
import { useCommands } from "../keys/use-commands.ts";
import { TextInput } from "./text-input.tsx";

export interface SearchFieldProps {
  /** Of its command: "runs.search". */
  readonly id: string;
  /** What can be searched for. */
  readonly label: string;
  /** The heading that its key stands under. */
  readonly group: string;
  /** What is searched for now. */
  readonly value: string;
  /** Told when typing pauses: the list and the address need not follow every letter. */
  readonly onChange: (text: string) => void;
  /** How wide it is; else as at the top of a wide list. */
  readonly className?: string | undefined;
}

/** Milliseconds without a letter. */
const PAUSE = 250;

/** The search at the top of a list; `/` goes there. */
export function SearchField({ id, label, group, value, onChange, className }: SearchFieldProps): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const latest = useRef(onChange);
  const [text, setText] = useState(value);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => {
    if (text.trim() === value) return undefined;
    const timer = setTimeout(() => latest.current(text.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [text, value]);
  useCommands([{ id, label, keys: "/", group, keysOnly: true, run: () => field.current?.focus() }]);
  return (
    <div className={className ?? "w-[280px] max-sm:w-36"}>
      <TextInput
        ref={field}
        icon={Search}
        kbd="/"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={setText}
      />
    </div>
  );
}
