import { TriangleAlert } from "lucide-react";
import type { JSX, ReactNode } from "react";

/** Why somebody was not let in, below what they tried. */
export function Refusal({ children }: { children: ReactNode }): JSX.Element {
  return (
    <p role="alert" className="mt-2 flex gap-1.5 text-12 text-failed-text">
      <TriangleAlert aria-hidden className="mt-0.5 size-3 shrink-0" strokeWidth={1.75} />
      <span>{children}</span>
    </p>
  );
}
