import { isSafeJson } from "@holdfast/dsl";
import type { Json } from "@holdfast/dsl";
import { Suspense, lazy, useState, type JSX } from "react";
import { CONTROL } from "../ui/control.ts";
import { cx } from "../ui/cx.ts";
import { useWords } from "../words/use-words.tsx";
import { words } from "./words.ts";

const JsonEditor = lazy(async () => ({ default: (await import("./json-editor.tsx")).JsonEditor }));

export interface JsonInputProps {
  readonly label: string;
  readonly value: Json | undefined;
  readonly onChange: (value: Json | undefined) => void;
  /** Where a text that is no JSON yet waits while the input is not shown. */
  readonly unread?: UnreadTexts | undefined;
  /** Under which name it waits there. */
  readonly place?: string | undefined;
}

/** Texts that are no JSON yet, by their places, with the value that stands there meanwhile. */
export type UnreadTexts = Map<string, { readonly text: string; readonly value: string | undefined }>;

interface Draft {
  readonly text: string;
  readonly value: Json | undefined;
  readonly bad: boolean;
}

/** Any value as JSON. What is no JSON yet is kept as text, and not in the document. */
export function JsonInput({ label, value, onChange, unread, place = "" }: JsonInputProps): JSX.Element {
  const t = useWords(words);
  const [draft, setDraft] = useState<Draft | undefined>(() => {
    const left = unread?.get(place);
    return left === undefined || left.value !== JSON.stringify(value)
      ? undefined
      : { text: left.text, value, bad: true };
  });
  const same = draft !== undefined && (draft.bad || JSON.stringify(draft.value) === JSON.stringify(value));
  const text = same ? draft.text : textOf(value);
  const bad = same && draft.bad;
  return (
    <>
      <div
        className={cx(
          CONTROL,
          "max-h-96 overflow-y-auto font-mono text-12 has-focus-visible:border-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-[-1px] has-focus-visible:outline-focus",
          bad && "border-failed",
        )}
      >
        <Suspense fallback={<pre className="px-2 py-[3px] leading-[1.375rem] whitespace-pre-wrap">{text}</pre>}>
          <JsonEditor
            label={label}
            text={text}
            onChange={(next) => {
              const read = parse(next);
              setDraft({ text: next, value: read.value, bad: !read.ok });
              if (read.ok) unread?.delete(place);
              else unread?.set(place, { text: next, value: JSON.stringify(value) });
              if (read.ok && JSON.stringify(read.value) !== JSON.stringify(value)) onChange(read.value);
            }}
          />
        </Suspense>
      </div>
      {bad && <p className="mt-[5px] text-12 text-failed-text">{t("badJson")}</p>}
    </>
  );
}

function textOf(value: Json | undefined): string {
  return value === undefined ? "" : JSON.stringify(value, null, 2);
}

function parse(text: string): { readonly ok: boolean; readonly value: Json | undefined } {
  if (text.trim() === "") return { ok: true, value: undefined };
  try {
    const value: unknown = JSON.parse(text);
    return isSafeJson(value) ? { ok: true, value } : { ok: false, value: undefined };
  } catch {
    return { ok: false, value: undefined };
  }
}
