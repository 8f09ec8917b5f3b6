import type { JSX } from "react";
import { cx } from "../../ui/cx.ts";

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly detail?: string;
  readonly needsSomebody?: boolean;
}

/** A figure of a headline. */
export function Figure({ name, value, detail, needsSomebody = false }: FigureProps): JSX.Element {
  return (
    <div className="min-w-0">
      <dt className="text-12 text-text-3">{name}</dt>
      <dd className="text-20 font-semibold tracking-[-.015em] tabular-nums">{value}</dd>
      {detail !== undefined && (
        <dd className={cx("text-12", needsSomebody ? "font-medium text-failed-text" : "text-text-3")}>{detail}</dd>
      )}
    </div>
  );
}
