import { ChevronRight } from "lucide-react";
import { useState, type JSX } from "react";
import { cx } from "../ui/cx.ts";
import { useWords } from "../words/use-words.tsx";
import { isAt, useAskedFor } from "./asked-field.ts";
import type { FieldSpec } from "./form-model.ts";
import { useHost } from "./host.ts";
import { words } from "./words.ts";

export interface MoreFieldsProps {
  /** Of what they belong to. */
  readonly place: string;
  /** Their pointers are whole, into the document. */
  readonly fields: readonly FieldSpec[];
}

/** What is seldom needed, folded away. */
export function MoreFields({ place, fields }: MoreFieldsProps): JSX.Element {
  const host = useHost();
  const t = useWords(words);
  const [open, setOpen] = useState(false);
  useAskedFor(place, (asked) => {
    if (fields.some(({ pointer }) => isAt(asked, pointer))) setOpen(true);
  });
  return (
    <div className="not-first:mt-3">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex items-center gap-1 rounded-xs text-12 font-medium text-text-2 hover:text-text pointer-coarse:min-h-11"
      >
        <ChevronRight
          aria-hidden
          className={cx("size-3.5 transition-transform", open && "rotate-90")}
          strokeWidth={1.75}
        />
        {t("more")}
      </button>
      {open && (
        <div className="mt-2 flex flex-col">
          {fields.map((field) => (
            <div key={field.pointer} className="not-first:mt-3">
              <host.Field {...field} />
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
