import { Copy } from "lucide-react";
import { useState, type JSX } from "react";
import { useWords } from "../words/use-words.tsx";
import { Button } from "./button.tsx";
import { cx } from "./cx.ts";
import { IconButton } from "./icon-button.tsx";
import { done } from "./toast.ts";
import { words } from "./words.ts";

/** More than this is shown only when asked for. */
const LIMIT = 20_000;

/** A value as it is shown: text as it stands, everything else as JSON. */
function valueText(value: unknown): string {
  if (typeof value === "string") return value;
  return JSON.stringify(value, null, 2) ?? "";
}

export interface ValueProps {
  readonly value: unknown;
  /** On one line, without a frame. */
  readonly inline?: boolean | undefined;
  readonly className?: string | undefined;
}

/** A JSON value, to read and to copy. */
export function Value({ value, inline = false, className }: ValueProps): JSX.Element {
  const t = useWords(words);
  const [all, setAll] = useState(false);
  const text = valueText(value);
  if (inline) {
    const line = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
    return <code className={cx("font-mono text-12 break-words", className)}>{line.slice(0, LIMIT)}</code>;
  }
  const copy = (): void => {
    void navigator.clipboard.writeText(text).then(() => done(t("copied")));
  };
  return (
    <div className={cx("group relative min-w-0 rounded-sm border border-border bg-surface-sunken", className)}>
      <pre
        tabIndex={0}
        className="max-h-80 overflow-auto p-2.5 pr-9 font-mono text-12 leading-[18px] whitespace-pre-wrap [font-feature-settings:'calt'_0] break-words"
      >
        {all ? text : text.slice(0, LIMIT)}
      </pre>
      {!all && text.length > LIMIT && (
        <Button size="sm" variant="ghost" onClick={() => setAll(true)}>
          {t("showAll", { size: `${Math.ceil(text.length / 1024)} KB` })}
        </Button>
      )}
      <IconButton
        icon={Copy}
        size="sm"
        label={t("copy")}
        onClick={copy}
        className="absolute top-1 right-1 bg-surface-sunken"
      />
    </div>
  );
}
