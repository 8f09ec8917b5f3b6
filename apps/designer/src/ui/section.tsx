import type { JSX, ReactNode } from "react";
import { useId } from "react";
import { cx } from "./cx.ts";

export interface SectionProps {
  readonly title: ReactNode;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
  readonly className?: string | undefined;
}

/** A part of a panel: 14 × 16, a hairline below. */
export function Section({ title, actions, children, className }: SectionProps): JSX.Element {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cx("border-b border-border px-4 py-3.5 last:border-b-0", className)}>
      <div className="mb-2.5 flex min-h-5 items-center gap-1.5 last:mb-0">
        <h2 id={id} className="flex min-w-0 flex-1 items-center gap-1.5 text-13 font-semibold">
          {title}
        </h2>
        {actions}
      </div>
      {children}
    </section>
  );
}
