import type { Json } from "@holdfast/dsl";
import { useMemo, type JSX, type ReactNode } from "react";
import { cx } from "../ui/cx.ts";
import { useLanguage, useWords } from "../words/use-words.tsx";
import { isText, type ChangeGroup, type ChangeRow } from "./change-groups.ts";
import { textDiff } from "./text-diff.ts";
import { valueText } from "./value-text.ts";
import { words } from "./words.ts";

const SIGN = { added: "+", changed: "~", removed: "−" } as const;
const SIGN_TONE = {
  added: "bg-completed-soft text-completed-text shadow-[0_0_0_1px_var(--hf-completed)]",
  changed: "bg-running-soft text-running-text shadow-[0_0_0_1px_var(--hf-running)]",
  removed: "bg-failed-soft text-failed-text shadow-[0_0_0_1px_var(--hf-failed)]",
} as const;

/** `+ ~ −`, as on the cards. */
export function ChangeSign({ kind, label }: { kind: ChangeGroup["kind"]; label: string }): JSX.Element {
  return (
    <span
      role="img"
      aria-label={label}
      className={cx(
        "grid size-[18px] shrink-0 place-items-center rounded-[4px] font-mono text-12 leading-none font-semibold",
        SIGN_TONE[kind],
      )}
    >
      {SIGN[kind]}
    </span>
  );
}

/** Field by field: what it was and what it is. */
export function ChangeRows({ group }: { readonly group: ChangeGroup }): JSX.Element {
  return (
    <dl className="mt-[7px] ml-[26px] grid grid-cols-[minmax(5.75rem,7.5rem)_1fr] gap-x-2.5 gap-y-[3px] text-12">
      {group.rows.map((row) => (
        <Row key={row.key} row={row} kind={group.kind} />
      ))}
    </dl>
  );
}

function Row({ row, kind }: { row: ChangeRow; kind: ChangeGroup["kind"] }): JSX.Element {
  return (
    <>
      <dt className="min-w-0 break-words text-text-3">{row.label}</dt>
      <dd className="m-0 min-w-0 break-words">
        {kind === "changed" ? <Difference row={row} /> : <Plain value={row.after ?? row.before} />}
      </dd>
    </>
  );
}

function Difference({ row: { before, after } }: { row: ChangeRow }): JSX.Element {
  const t = useWords(words);
  if (isText(before) && isText(after)) return <TextDifference before={before} after={after} />;
  return (
    <>
      {before !== undefined && (
        <Mark kind="removed">
          <Plain value={before} />
        </Mark>
      )}{" "}
      {after !== undefined && (
        <Mark kind="added">
          <Plain value={after} />
        </Mark>
      )}
      {before === undefined && <span className="text-text-3"> {t("wasNever")}</span>}
    </>
  );
}

function TextDifference({ before, after }: { before: string; after: string }): JSX.Element {
  const parts = useMemo(() => textDiff(before, after), [before, after]);
  return (
    <span className="whitespace-pre-wrap">
      {parts.map(({ kind, text, code }, index) => {
        const shown = code ? <code className="font-mono text-11">{text}</code> : text;
        // Parts have no identity but their place.
        const key = `${index} ${text}`;
        return kind === "same" ? (
          <span key={key}>{shown}</span>
        ) : (
          <Mark key={key} kind={kind}>
            {shown}
          </Mark>
        );
      })}
    </span>
  );
}

function Mark({ kind, children }: { kind: "added" | "removed"; children: ReactNode }): JSX.Element {
  return kind === "added" ? (
    <ins className="rounded-[2px] bg-completed-soft box-decoration-clone px-[3px] font-medium text-completed-text no-underline">
      {children}
    </ins>
  ) : (
    <del className="rounded-[2px] bg-failed-soft box-decoration-clone px-[3px] text-failed-text decoration-1">
      {children}
    </del>
  );
}

/** Longer values are cut in the list. */
const LONG = 280;

function Plain({ value }: { value: Json | undefined }): JSX.Element | null {
  const language = useLanguage();
  if (value === undefined) return null;
  const text = valueText(value, language);
  const shown = text.length > LONG ? `${text.slice(0, LONG - 1)}…` : text;
  const isCode = typeof value === "object" && value !== null && shown.includes(":");
  return isCode ? <code className="font-mono text-11 break-all">{shown}</code> : <>{shown}</>;
}
