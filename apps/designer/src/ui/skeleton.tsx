import type { JSX } from "react";
import { cx } from "./cx.ts";

/** The size of what comes, nothing before 150 ms. `className` gives width and height. */
export function Skeleton({ className }: { className?: string | undefined }): JSX.Element {
  return <span aria-hidden className={cx("hf-late block h-4 rounded-xs bg-surface-hover", className)} />;
}
