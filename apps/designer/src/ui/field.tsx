import { Field as Base } from "@base-ui/react/field";
import { TriangleAlert } from "lucide-react";
import type { JSX, ReactNode } from "react";
import { cx } from "./cx.ts";

export interface FieldProps {
  readonly label: ReactNode;
  readonly help?: ReactNode;
  /** What is wrong and what to do. */
  readonly error?: ReactNode;
  /** At the right of the label: how it is written, a link. */
  readonly hint?: ReactNode;
  readonly className?: string | undefined;
  /** The JSON pointer of what it edits, by which it is found. */
  readonly place?: string | undefined;
  /** One control of the kit: it is tied to the label by itself. */
  readonly children: ReactNode;
}

/** A control with its name, its help and what is wrong with it. Between fields: 12 px. */
export function Field({ label, help, error, hint, className, place, children }: FieldProps): JSX.Element {
  const wrong = error !== undefined && error !== null && error !== "";
  return (
    <Base.Root invalid={wrong} data-field={place} className={cx("flex min-w-0 flex-col [&+&]:mt-3", className)}>
      <div className="mb-[5px] flex items-baseline gap-2 text-12 text-text-2">
        <Base.Label className="font-medium">{label}</Base.Label>
        {hint !== undefined && <span className="ml-auto text-11 text-text-3">{hint}</span>}
      </div>
      {children}
      {wrong && (
        <Base.Error match className="mt-[5px] flex items-baseline gap-1.5 text-12 text-failed-text">
          <TriangleAlert aria-hidden className="size-3 shrink-0 translate-y-0.5" strokeWidth={1.75} />
          <span className="min-w-0">{error}</span>
        </Base.Error>
      )}
      {help !== undefined && <Base.Description className="mt-[5px] text-12 text-text-3">{help}</Base.Description>}
    </Base.Root>
  );
}
