import { useId, type JSX, type ReactNode } from "react";
import type { FieldIssue } from "../expression-field/quick-fix.ts";
import { IssueLines } from "../expression-field/issue-lines.tsx";

export interface GroupFrameProps {
  readonly label: string;
  readonly help?: string | undefined;
  readonly issues: readonly FieldIssue[];
  /** Right of the name. */
  readonly actions?: ReactNode;
  readonly bare?: boolean | undefined;
  readonly children: ReactNode;
}

/** Several controls that are one field: a list, rows, an object. */
export function GroupFrame({ label, help, issues, actions, bare = false, children }: GroupFrameProps): JSX.Element {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className={bare ? "min-w-0" : "min-w-0 not-first:mt-3"}>
      <div className={bare && actions === undefined ? "sr-only" : "mb-[5px] flex min-h-5 items-center gap-2"}>
        <span id={id} className={bare ? "sr-only" : "min-w-0 flex-1 text-12 font-medium text-text-2"}>
          {label}
        </span>
        {actions}
      </div>
      {children}
      <IssueLines issues={issues} />
      {help !== undefined && <p className="mt-[5px] text-12 text-text-3">{help}</p>}
    </div>
  );
}
