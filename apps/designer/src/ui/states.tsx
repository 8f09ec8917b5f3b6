import { CloudAlert } from "lucide-react";
import type { JSX, ReactNode } from "react";
import { useWords } from "../words/use-words.tsx";
import { Button } from "./button.tsx";
import { explain } from "./problem.ts";
import { words } from "./words.ts";

export interface EmptyStateProps {
  readonly title: string;
  readonly text?: ReactNode;
  readonly action?: ReactNode;
}

/** What this place is for, and the one thing to do first. */
export function EmptyState({ title, text, action }: EmptyStateProps): JSX.Element {
  return (
    <div className="grid flex-1 place-items-center p-8">
      <div className="flex max-w-md flex-col items-start gap-1">
        <h2 className="text-16 font-semibold tracking-[-.01em]">{title}</h2>
        {text !== undefined && <p className="text-14 text-text-2">{text}</p>}
        {action !== undefined && <div className="mt-3 flex flex-wrap gap-2">{action}</div>}
      </div>
    </div>
  );
}

export interface ErrorStateProps {
  readonly error: unknown;
  readonly retry?: (() => void) | undefined;
  /** What couldn't be done: "Couldn't load the runs." */
  readonly title?: string | undefined;
}

/** What, why if known, what to do; the trace behind "Details". */
export function ErrorState({ error, retry, title }: ErrorStateProps): JSX.Element {
  const t = useWords(words);
  const { what, todo, trace } = explain(error);
  return (
    <div role="alert" className="grid flex-1 place-items-center p-8">
      <div className="flex max-w-lg min-w-0 flex-col items-start gap-1">
        <CloudAlert aria-hidden className="mb-1 size-5 text-failed" strokeWidth={1.75} />
        <h2 className="text-16 font-semibold tracking-[-.01em]">{title ?? what}</h2>
        {title !== undefined && <p className="text-14 text-text-2">{what}</p>}
        {todo !== undefined && <p className="text-14 text-text-2">{todo}</p>}
        {retry !== undefined && (
          <Button className="mt-3" onClick={retry}>
            {t("retry")}
          </Button>
        )}
        {trace !== undefined && (
          <details className="mt-3 max-w-full text-12 text-text-3">
            <summary className="cursor-default">{t("details")}</summary>
            <pre className="mt-2 max-h-60 overflow-auto rounded-sm border border-border bg-surface-sunken p-2 font-mono text-11 whitespace-pre-wrap text-text-2">
              {trace}
            </pre>
          </details>
        )}
      </div>
    </div>
  );
}
